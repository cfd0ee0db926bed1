import { createHash } from "node:crypto";
import type { RuleContext } from "../core/cloud";
import { bagAt, stringAt, type Bag } from "../core/value";

export const accountOf = (context: RuleContext): string =>
    stringAt(context.settings, "allowedAccountIds.0") ?? "123456789012";

export function regionOf(inputs: Bag, context: RuleContext): string {
    return stringAt(inputs, "region") ?? stringAt(context.settings, "region") ?? "";
}

/** An id in EC2's format, such as `vpc-0123456789abcdef0`, derived from the URN. */
export const generatedId =
    (prefix: string) =>
    (_inputs: Bag, context: RuleContext): string =>
        `${prefix}-${createHash("sha256").update(context.urn).digest("hex").slice(0, 17)}`;

export const region = (inputs: Bag, _id: string, context: RuleContext): string => regionOf(inputs, context);

export const ownerId = (_inputs: Bag, _id: string, context: RuleContext): string => accountOf(context);

/** ARN of an EC2 resource. */
export const ec2Arn =
    (kind: string) =>
    (inputs: Bag, id: string, context: RuleContext): string =>
        `arn:aws:ec2:${regionOf(inputs, context)}:${accountOf(context)}:${kind}/${id}`;

/** The provider's default tags merged with the resource's, as the real provider returns them. */
export function tagsAll(inputs: Bag, _id: string, context: RuleContext): Bag {
    return { ...bagAt(context.settings, "defaultTags.tags"), ...bagAt(inputs, "tags") };
}

/** At most 50 tags, no key that begins with aws: — https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html, API_Tag.html. */
export function tagErrors(inputs: Bag): string[] {
    const keys = Object.keys(bagAt(inputs, "tags") ?? {});
    const reserved = keys.filter((key) => key.toLowerCase().startsWith("aws:"));
    return [
        ...reserved.map((key) => `Tag keys starting with 'aws:' are reserved for internal use: ${key}`),
        ...(keys.length > 50 ? [`Resource has ${keys.length} tags: no more than 50 are allowed`] : []),
    ];
}

/**
 * Errors of a policy document, which must be JSON with statements:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
 */
export function documentErrors(inputs: Bag, field: string): string[] {
    const text = stringAt(inputs, field);
    if (text === undefined) {
        return [];
    }
    try {
        const document = JSON.parse(text) as { Statement?: unknown; Version?: unknown };
        const statements = Array.isArray(document.Statement) ? document.Statement : [];
        return statements.length > 0 ? [] : [`MalformedPolicyDocument: ${field} has no statement`];
    } catch {
        return [`"${field}" contains an invalid JSON policy`];
    }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html; the message is the provider's. */
const ARN = /^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/;

export function arnErrors(inputs: Bag, ...fields: readonly string[]): string[] {
    return fields.flatMap((field) => {
        const arn = stringAt(inputs, field);
        return arn === undefined || ARN.test(arn) ? [] : [`"${field}" (${arn}) is an invalid ARN: arn: invalid prefix`];
    });
}

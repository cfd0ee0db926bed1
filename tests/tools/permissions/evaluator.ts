type Values = string | readonly string[];

/** A statement of an identity policy or a permissions boundary; other fields, such as `NotAction`, are refused. */
export interface PolicyStatement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Action: Values;
    readonly Resource: Values;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

export interface Policy {
    readonly Statement: readonly PolicyStatement[];
}

/** One call of an AWS API. */
export interface Request {
    readonly action: string;
    readonly resource: string;
    /** Condition keys with their values; a key that the call does not have is missing. */
    readonly context?: Readonly<Record<string, Values>>;
}

/** The policies of a principal, in the account of the resource. */
export interface Principal {
    readonly policies: readonly Policy[];
    /** @default none: the policies decide */
    readonly boundary?: Policy;
}

const list = (values: Values): readonly string[] => (typeof values === "string" ? [values] : values);

/** Whether a text matches a pattern with `*` for any text, also across slashes and colons, and `?` for one character. */
function like(pattern: string, text: string): boolean {
    const escaped = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`, "s").test(text);
}

/** Each of the first five parts of an ARN is compared separately: a wildcard does not span colons. */
function arnLike(pattern: string, text: string): boolean {
    const parts = (arn: string) => [...arn.split(":").slice(0, 5), arn.split(":").slice(5).join(":")];
    const given = parts(text);
    return given.length === 6 && parts(pattern).every((part, index) => like(part, given[index] ?? ""));
}

const operators: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
    StringEquals: (pattern, value) => pattern === value,
    StringLike: like,
    ArnEquals: arnLike,
    ArnLike: arnLike,
    Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
};

function holds(operator: string, patterns: Values, given: Values | undefined): boolean {
    const [, quantifier, name = "", ifExists] =
        /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
    const test = operators[name];
    if (test === undefined) {
        throw new Error(`the evaluator does not know the operator ${operator}`);
    }
    if (given === undefined) {
        return ifExists !== undefined || quantifier === "ForAllValues";
    }
    const matches = (value: string) => list(patterns).some((pattern) => test(pattern, value));
    return quantifier === "ForAllValues" ? list(given).every(matches) : list(given).some(matches);
}

const fields = ["Sid", "Effect", "Action", "Resource", "Condition"];

function applies(statement: PolicyStatement, { action, resource, context = {} }: Request): boolean {
    const unknown = Object.keys(statement).filter((field) => !fields.includes(field));
    if (unknown.length > 0) {
        throw new Error(`the evaluator does not know ${unknown.join(", ")}`);
    }
    // Names of condition keys are not case-sensitive, and neither are actions.
    const values = Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
    return (
        list(statement.Action).some((one) => like(one.toLowerCase(), action.toLowerCase())) &&
        list(statement.Resource).some((one) => like(one, resource)) &&
        Object.entries(statement.Condition ?? {}).every(([operator, tests]) =>
            Object.entries(tests).every(([key, patterns]) => holds(operator, patterns, values[key.toLowerCase()])),
        )
    );
}

/**
 * Whether a request is allowed, by the documented evaluation within one account: no statement denies it, the policies allow
 * it, and so does the boundary if there is one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * Written here, since the kept library for it (`@cloud-copilot/iam-simulate`) has the AGPL.
 */
export function isAllowed(request: Request, { policies, boundary }: Principal): boolean {
    const found = (set: readonly Policy[], effect: PolicyStatement["Effect"]) =>
        set.some(({ Statement }) => Statement.some((one) => one.Effect === effect && applies(one, request)));
    const all = boundary === undefined ? policies : [...policies, boundary];
    return !found(all, "Deny") && found(policies, "Allow") && (boundary === undefined || found([boundary], "Allow"));
}

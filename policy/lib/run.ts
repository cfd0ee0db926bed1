import type { CustomKind } from "../../custom-resources/pod-types";
import { isKubernetes } from "./kubernetes";
import { tryRead } from "./read";
import type { Finding, OnUnknown, PolicyResource, Rule, RuleConfig } from "./types";

/** A reportable finding with its complete message. */
export interface Outcome {
    readonly message: string;
    /** False for an unknown value if the config only warns about these. */
    readonly blocking: boolean;
    readonly resource: PolicyResource | undefined;
}

/**
 * Runs one policy's check over one resource (resource policies) or all of them (stack policies).
 *
 * @param kinds custom kinds that describe pods. @default those of `custom-resources/pods.ts`
 */
export function runRule(
    rule: Rule,
    resources: readonly PolicyResource[],
    config: RuleConfig,
    kinds?: readonly CustomKind[],
): Outcome[] {
    if (rule.scope === "stack") {
        return outcomes(rule, config, undefined, () => rule.check(resources, config));
    }
    return resources.flatMap((resource) =>
        rule.applies(resource.type, kinds)
            ? outcomes(rule, config, resource, () => rule.check(resource, config, kinds))
            : [],
    );
}

function outcomes(
    rule: Rule,
    config: RuleConfig,
    resource: PolicyResource | undefined,
    check: () => Finding[],
): Outcome[] {
    const found = tryRead(check);
    // An unguarded read of an unknown value aborts the check, which counts as a finding.
    const findings: readonly Finding[] = found.known
        ? found.value
        : [{ path: "", problem: "contains a value that is not known before the update", unknown: true }];
    const onUnknown = parseOnUnknown(config["onUnknown"]) ?? rule.onUnknown;
    return findings
        .filter((finding) => finding.unknown !== true || onUnknown !== "skip")
        .map((finding) => {
            const at = finding.resource ?? resource;
            return {
                message: message(rule, at, finding),
                blocking: finding.unknown !== true || onUnknown === "fail",
                resource: at,
            };
        });
}

function parseOnUnknown(value: unknown): OnUnknown | undefined {
    return value === "fail" || value === "warn" || value === "skip" ? value : undefined;
}

/** Kind and name of the resource, container, field, problem and fix; never an input value, which may be secret. */
function message(rule: Rule, resource: PolicyResource | undefined, finding: Finding): string {
    const where = resource === undefined ? "" : `${kindOf(resource.type)} "${resource.name}"`;
    const subject = finding.subject === undefined ? "" : `, ${finding.subject}`;
    const field = [`${where}${subject}`, finding.path].filter((part) => part !== "").join(": ");
    const sentence = field === "" ? finding.problem : `${field} ${finding.problem}`;
    return `${sentence}. ${finding.fix ?? rule.remediationSteps}`;
}

function kindOf(type: string): string {
    const kind = type.slice(type.lastIndexOf(":") + 1);
    return kind === "" || !isKubernetes(type) ? type : kind;
}

import type { CustomKind } from "../custom-resources/pod-types";
import { customKinds } from "../custom-resources/pods";
import { exemptable } from "./crossguard";
import { ExemptionRegistry, exemptionNote, type Exemption } from "./lib/exemptions";
import { isObject } from "./lib/read";
import { runRule } from "./lib/run";
import type { Level, Metadata, PolicyResource, Rule, RuleConfig, Tier } from "./lib/types";
import { guardUnknowns } from "./lib/unknown";
import { shippedExemptions, table } from "./pack";
import { packSettings, unusedExemptions } from "./rules/settings/exemption-policies";

export type { CustomKind } from "../custom-resources/pod-types";
export type { Exemption } from "./lib/exemptions";
export type { PolicyResource, Tier } from "./lib/types";

/** A violation of one policy by one resource. */
export interface Violation {
    readonly policy: string;
    readonly level: "mandatory" | "advisory";
    readonly severity: "low" | "medium" | "high" | "critical";
    /** URN of the resource; empty for the whole stack. */
    readonly urn: string;
    /** Pulumi name of the resource; empty for the whole stack. */
    readonly resource: string;
    readonly message: string;
    readonly remediation: string;
}

/** A violation that an exemption covers. */
export interface ExemptedViolation extends Violation {
    readonly exemption: Exemption;
}

/** Result of the pack for a stack's resources. */
export interface Evaluation {
    /** Violations of mandatory policies, which stop an update. */
    readonly violations: readonly Violation[];
    /** Violations of advisory policies. */
    readonly warnings: readonly Violation[];
    /** Violations covered by an exemption; each message includes the expiry date. */
    readonly exempted: readonly ExemptedViolation[];
}

export interface EvaluateOptions {
    readonly tier: Tier;
    /** @default those in `config`, otherwise the pack's own */
    readonly exemptions?: readonly Exemption[];
    /** Content of a `--policy-pack-config` file: by policy, a level or an object with `enforcementLevel` and properties. */
    readonly config?: Readonly<Record<string, unknown>>;
    /** Date for the expiry of exemptions. @default now */
    readonly now?: Date;
    /** Custom kinds that describe pods, besides those of `custom-resources/pods.ts`. @default none */
    readonly customKinds?: readonly CustomKind[];
}

/**
 * Runs the pack in this process, without server and engine, with the same results. Unknown inputs are
 * `pulumi.runtime.unknownValue` or the SDK's unknown object. Requirement PO-01.
 */
export function evaluate(resources: readonly PolicyResource[], options: EvaluateOptions): Evaluation {
    const config = options.config ?? {};
    const registry = new ExemptionRegistry(
        options.exemptions ?? configuredExemptions(config) ?? shippedExemptions,
        exemptable,
        options.now ?? new Date(),
    );
    // One array for the whole run, because it is a cache key.
    const kinds = options.customKinds === undefined ? customKinds : [...customKinds, ...options.customKinds];
    const guarded = resources.map((resource) => ({ ...resource, props: guardUnknowns(resource.props) }));
    const result = {
        violations: registry.errors.map((error) => exemptionViolation(packSettings, "mandatory", error)),
        warnings: [] as Violation[],
        exempted: [] as ExemptedViolation[],
    };
    for (const { rule, levels } of table) {
        const own = ruleConfig(config, rule.name);
        const level = own.level ?? levels[options.tier];
        if (level !== "disabled") {
            collect(rule, level, guarded, own.properties, kinds, registry, result);
        }
    }
    for (const { policy, urnPattern, expires } of registry.unused()) {
        const message = `The exemption from "${policy}" for ${urnPattern} (until ${expires}) is unused.`;
        result.warnings.push(exemptionViolation(unusedExemptions, "advisory", message));
    }
    return result;
}

function collect(
    rule: Rule,
    level: Exclude<Level, "disabled">,
    resources: readonly PolicyResource[],
    config: RuleConfig,
    kinds: readonly CustomKind[],
    registry: ExemptionRegistry,
    into: { violations: Violation[]; warnings: Violation[]; exempted: ExemptedViolation[] },
): void {
    for (const { message, blocking, resource } of runRule(rule, resources, config, kinds)) {
        const violation: Violation = {
            policy: rule.name,
            level: blocking ? level : "advisory",
            severity: rule.severity,
            urn: resource?.urn ?? "",
            resource: resource?.name ?? "",
            message,
            remediation: rule.remediationSteps,
        };
        const exemption = registry.find(rule.name, violation.urn);
        if (exemption !== undefined) {
            into.exempted.push({ ...violation, message: `${exemptionNote(exemption)}. ${message}`, exemption });
        } else {
            (violation.level === "mandatory" ? into.violations : into.warnings).push(violation);
        }
    }
}

function exemptionViolation(policy: Metadata, level: "mandatory" | "advisory", message: string): Violation {
    const { name, severity, remediationSteps } = policy;
    return { policy: name, level, severity, urn: "", resource: "", message, remediation: remediationSteps };
}

function configuredExemptions(config: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
    const settings = config[packSettings.name];
    const listed = isObject(settings) ? settings["exemptions"] : undefined;
    return Array.isArray(listed) ? listed : undefined;
}

function ruleConfig(
    config: Readonly<Record<string, unknown>>,
    policy: string,
): { readonly level: Level | undefined; readonly properties: RuleConfig } {
    const own = config[policy];
    const properties = isObject(own) ? own : {};
    const level = parseLevel(typeof own === "string" ? own : properties["enforcementLevel"]);
    return { level: level ?? parseLevel(config["all"]), properties };
}

function parseLevel(value: unknown): Level | undefined {
    return value === "mandatory" || value === "advisory" || value === "disabled" ? value : undefined;
}

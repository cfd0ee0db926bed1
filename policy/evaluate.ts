import type { CustomKind } from "../custom-resources/pod-types";
import { customKinds } from "../custom-resources/pods";
import { exemptable } from "./crossguard";
import { ExemptionBook, exemptionNote, type Exemption } from "./lib/exemptions";
import { isObject } from "./lib/read";
import { runRule } from "./lib/run";
import type { Level, Metadata, PolicyResource, Rule, RuleConfig, Tier } from "./lib/types";
import { guardUnknowns } from "./lib/unknown";
import { shippedExemptions, table } from "./pack";
import { packSettings, unusedExemptions } from "./rules/settings/settle-exemptions";

export type { CustomKind } from "../custom-resources/pod-types";
export type { Exemption } from "./lib/exemptions";
export type { PolicyResource, Tier } from "./lib/types";

/** One broken policy, on one resource. */
export interface Violation {
    readonly policy: string;
    readonly level: "mandatory" | "advisory";
    readonly severity: "low" | "medium" | "high" | "critical";
    /** The resource at fault; empty when it is the stack as a whole. */
    readonly urn: string;
    /** The resource's Pulumi name; empty when it is the stack as a whole. */
    readonly resource: string;
    readonly message: string;
    readonly remediation: string;
}

/** A violation that an exemption covers. */
export interface ExemptedViolation extends Violation {
    readonly exemption: Exemption;
}

/** What a stack's resources look like to the pack. */
export interface Evaluation {
    /** What would stop an update. */
    readonly violations: readonly Violation[];
    /** Everything else that the pack has to say. */
    readonly warnings: readonly Violation[];
    /** What would be a violation or a warning but for an exemption; each message says until when. */
    readonly exempted: readonly ExemptedViolation[];
}

export interface EvaluateOptions {
    readonly tier: Tier;
    /** @default the ones in `config`, or those that come with the pack */
    readonly exemptions?: readonly Exemption[];
    /** As in a `--policy-pack-config` file: by policy, a level or an object of `enforcementLevel` and properties. */
    readonly config?: Readonly<Record<string, unknown>>;
    /** Decides which exemptions are over. @default now */
    readonly now?: Date;
    /** Kinds that hold pods, besides those of `custom-resources/pods.ts`. @default none */
    readonly customKinds?: readonly CustomKind[];
}

/**
 * Runs the pack over resources in this process: no server, no engine, and the same verdicts. Inputs that are not known
 * are given as the SDK gives them, `pulumi.runtime.unknownValue` or its unknown object. Requirement PO-01.
 */
export function evaluate(resources: readonly PolicyResource[], options: EvaluateOptions): Evaluation {
    const config = options.config ?? {};
    const book = new ExemptionBook(
        options.exemptions ?? configuredExemptions(config) ?? shippedExemptions,
        exemptable,
        options.now ?? new Date(),
    );
    // One list for the whole run: what is read of a resource is kept with it.
    const kinds = options.customKinds === undefined ? customKinds : [...customKinds, ...options.customKinds];
    const guarded = resources.map((resource) => ({ ...resource, props: guardUnknowns(resource.props) }));
    const result = {
        violations: book.faults.map((fault) => aboutExemptions(packSettings, "mandatory", fault)),
        warnings: [] as Violation[],
        exempted: [] as ExemptedViolation[],
    };
    for (const { rule, levels } of table) {
        const own = ruleConfig(config, rule.name);
        const level = own.level ?? levels[options.tier];
        if (level !== "disabled") {
            sort(rule, level, guarded, own.properties, kinds, book, result);
        }
    }
    for (const { policy, urnPattern, expires } of book.unused()) {
        const message = `The exemption from "${policy}" for ${urnPattern} (until ${expires}) covers nothing.`;
        result.warnings.push(aboutExemptions(unusedExemptions, "advisory", message));
    }
    return result;
}

function sort(
    rule: Rule,
    level: Exclude<Level, "disabled">,
    resources: readonly PolicyResource[],
    config: RuleConfig,
    kinds: readonly CustomKind[],
    book: ExemptionBook,
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
        const exemption = book.find(rule.name, violation.urn);
        if (exemption !== undefined) {
            into.exempted.push({ ...violation, message: `${exemptionNote(exemption)}. ${message}`, exemption });
        } else {
            (violation.level === "mandatory" ? into.violations : into.warnings).push(violation);
        }
    }
}

function aboutExemptions(policy: Metadata, level: "mandatory" | "advisory", message: string): Violation {
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

import type {
    Policies,
    Policy,
    PolicyPackArgs,
    PolicyPackConfig,
    ReportViolation,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { CustomKind } from "../custom-resources/pod-types";
import { customKinds } from "../custom-resources/pods";
import { shippedExemptions, table, type Entry } from "./pack";
import { packSettings, unusedExemptions } from "./rules/settings/exemption-policies";
import { ExemptionRegistry, exemptionNote } from "./lib/exemptions";
import { runRule, type Outcome } from "./lib/run";
import { parseTier, stackOfUrn, tierOfStack } from "./lib/tiers";
import type { Level, PolicyResource, RuleConfig, Tier } from "./lib/types";

/** Policies that can be exempted from: the rules, not the two policies about exemptions. */
export const exemptable: ReadonlySet<string> = new Set(table.map(({ rule }) => rule.name));

/** Configuration that the engine uses without a policy config. Without a level the engine assumes advisory. */
export const initialConfig: PolicyPackConfig = {
    "pack-settings": { enforcementLevel: "mandatory", exemptions: [...shippedExemptions] },
};

/** Settings of the whole pack. CrossGuard has no pack-level config, so the first policy reads it for all. */
class PackState {
    private entries: readonly unknown[] = shippedExemptions;
    private tier: Tier | undefined;
    public registry = new ExemptionRegistry(this.entries, exemptable, new Date());

    public applyConfig(config: RuleConfig): void {
        const entries: readonly unknown[] = Array.isArray(config["exemptions"])
            ? config["exemptions"]
            : shippedExemptions;
        this.tier = parseTier(config["tier"]);
        // Called for every resource: a new registry each time would lose the record of used exemptions.
        if (entries !== this.entries) {
            this.entries = entries;
            this.registry = new ExemptionRegistry(entries, exemptable, new Date());
        }
    }

    public tierOf(urn: string): Tier {
        return this.tier ?? tierOfStack(stackOfUrn(urn));
    }
}

/**
 * The arguments of the pack's `PolicyPack`.
 *
 * @param entries the policies. @default those of `pack.ts`
 * @param kinds custom kinds that describe pods. @default those of `custom-resources/pods.ts`
 */
export function packArgs(
    entries: readonly Entry[] = table,
    kinds: readonly CustomKind[] = customKinds,
): PolicyPackArgs {
    const state = new PackState();
    return {
        displayName: "E-commerce platform",
        description: "The Pod Security Standards (level restricted) and further rules for Kubernetes workloads.",
        tags: ["kubernetes", "security"],
        enforcementLevel: "mandatory",
        policies: policies(entries, kinds, state),
    };
}

function policies(entries: readonly Entry[], kinds: readonly CustomKind[], state: PackState): Policies {
    // The settings policy must run before all others, the policy about unused exemptions after all others.
    return [settingsPolicy(state), ...entries.map((entry) => toPolicy(entry, kinds, state)), unusedPolicy(state)];
}

type SettingsPolicy = ResourceValidationPolicy & StackValidationPolicy;

function settingsPolicy(state: PackState): SettingsPolicy {
    return {
        ...packSettings,
        enforcementLevel: "mandatory",
        validateResource: (args) => {
            state.applyConfig(args.getConfig());
        },
        validateStack: (args, report) => {
            state.applyConfig(args.getConfig());
            for (const error of state.registry.errors) {
                report(error, stackUrn(args.resources));
            }
        },
    };
}

function unusedPolicy(state: PackState): StackValidationPolicy {
    return {
        ...unusedExemptions,
        enforcementLevel: "advisory",
        validateStack: (args, report) => {
            for (const { policy, urnPattern, expires } of state.registry.unused()) {
                const message = `The exemption from "${policy}" for ${urnPattern} (until ${expires}) is unused.`;
                report(message, stackUrn(args.resources));
            }
        },
    };
}

function toPolicy(
    entry: Entry,
    kinds: readonly CustomKind[],
    state: PackState,
): ResourceValidationPolicy | StackValidationPolicy {
    const { rule } = entry;
    const declared = strictest(entry);
    const common = {
        name: rule.name,
        description: rule.description,
        severity: rule.severity,
        tags: rule.tags,
        framework: rule.framework,
        remediationSteps: rule.remediationSteps,
        url: rule.url,
        enforcementLevel: declared,
        configSchema: {
            ...rule.configSchema,
            properties: {
                ...rule.configSchema?.properties,
                onUnknown: { type: "string", enum: ["fail", "warn", "skip"], default: rule.onUnknown },
            },
        },
    } satisfies Policy;
    if (rule.scope === "resource") {
        return {
            ...common,
            validateResource: (args, report) => {
                const { urn, type, name, props } = args as PolicyResource;
                show(runRule(rule, [{ urn, type, name, props }], args.getConfig(), kinds), urn, report);
            },
        };
    }
    return {
        ...common,
        validateStack: (args, report) => {
            const resources = args.resources.map(({ urn, type, name, props }): PolicyResource => ({
                urn,
                type,
                name,
                props,
            }));
            show(runRule(rule, resources, args.getConfig(), kinds), stackUrn(resources) ?? "", report);
        },
    };

    function show(outcomes: readonly Outcome[], fallbackUrn: string, report: ReportViolation): void {
        const level = entry.levels[state.tierOf(fallbackUrn)];
        // A policy that is disabled in every tier runs only if the config enables it.
        if (level === "disabled" && declared !== "disabled") {
            return;
        }
        for (const outcome of outcomes) {
            const urn = outcome.resource?.urn ?? fallbackUrn;
            const exemption = state.registry.find(rule.name, urn);
            if (exemption !== undefined) {
                advise(report, `${exemptionNote(exemption)}. ${outcome.message}`, urn);
            } else if (!outcome.blocking || level !== declared) {
                advise(report, outcome.message, urn);
            } else {
                report(outcome.message, urn);
            }
        }
    }
}

/** URN for violations of the whole stack: `pulumi policy analyze` 3.246 panics on a violation without URN. */
function stackUrn(resources: readonly { readonly type: string; readonly urn: string }[]): string | undefined {
    return (resources.find(({ type }) => type === "pulumi:pulumi:Stack") ?? resources[0])?.urn;
}

/** The level declared to the engine; in tiers with a lower level each violation is reported at the lower one. */
export function strictest({ levels }: Entry): Level {
    const all = Object.values(levels);
    return all.includes("mandatory") ? "mandatory" : all.includes("advisory") ? "advisory" : "disabled";
}

type DetailedReport = (violation: {
    readonly message: string;
    readonly urn: string;
    readonly enforcementLevel: "advisory";
}) => void;

/** Reports as advisory, below the declared level. The server accepts an object for that, which the SDK's types omit. */
function advise(report: ReportViolation, message: string, urn: string): void {
    (report as unknown as DetailedReport)({ message, urn, enforcementLevel: "advisory" });
}

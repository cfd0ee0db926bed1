import type { PolicyConfigSchema } from "@pulumi/policy";
import { readPods, type PodView } from "./pod";
import { holdsPods } from "./pod-source";
import type { Finding, Metadata, OnUnknown, ResourceRule, RuleConfig } from "./types";

/** The newest supported version of the Pod Security Standards, as the minor version of Kubernetes 1. */
export const newestStandard = 37;

/** Settings of a check besides the pod. */
export interface PodSettings {
    /** Minor version of the enforced standard. */
    readonly standard: number;
    /** Whether pods in a user namespace may run as root, as the standard allows since 1.35. */
    readonly relaxForUserNamespaces: boolean;
}

export type PodCheck = (pod: PodView, settings: PodSettings, config: RuleConfig) => Finding[];

type PodRuleArgs = Pick<Metadata, "name" | "description" | "severity" | "remediationSteps"> & {
    readonly check: PodCheck;
    /** Control id of Pod Security Admission; absent for rules beyond the standard. */
    readonly control?: string;
    readonly profile?: "baseline" | "restricted";
    /** First minor version of the standard with this control. */
    readonly since?: number;
    /** Result for a field that is not known before the update. @default "fail" */
    readonly onUnknown?: OnUnknown;
    /** The policy reads `relaxForUserNamespaces`. */
    readonly relaxable?: boolean;
    /** The rule depends on the version of the standard. */
    readonly versioned?: boolean;
    readonly url?: string;
    /** The folder of the rule. @default "pods" */
    readonly area?: string;
    /** Requirement id, for rules beyond the standard. @default "SC-01" */
    readonly reference?: string;
    /** Further properties of the policy's config. */
    readonly configProperties?: PolicyConfigSchema["properties"];
};

const standardUrl = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** Creates a policy about pods from a pure check. It covers every kind that contains a pod. Requirements PO-01, SC-01. */
export function podRule(args: PodRuleArgs): ResourceRule {
    const { name, description, severity, remediationSteps, check, control, profile, since } = args;
    const { area = "pods", reference = "SC-01", onUnknown = "fail" } = args;
    return {
        scope: "resource",
        name,
        description,
        severity,
        remediationSteps,
        tags: ["kubernetes", area, ...(profile === undefined ? [] : ["pod-security-standards", profile])],
        framework: {
            name: control === undefined ? "E-commerce platform" : "Kubernetes Pod Security Standards",
            version: control === undefined ? "1" : `v1.${newestStandard}`,
            reference: control ?? reference,
            specification: profile ?? "beyond the standard",
        },
        url: args.url ?? standardUrl,
        onUnknown,
        configSchema: schema(args),
        applies: holdsPods,
        check: (resource, config, kinds) => {
            const settings = podSettings(config);
            return settings.standard < (since ?? 0)
                ? []
                : readPods(resource, kinds).pods.flatMap((pod) => check(pod, settings, config));
        },
    };
}

/** Reads a policy's config. A value of the wrong type counts as absent: the engine rejects it by the schema. */
export function podSettings(config: RuleConfig): PodSettings {
    const version =
        typeof config["pssVersion"] === "string" ? /^v1\.(\d+)$/.exec(config["pssVersion"])?.[1] : undefined;
    return {
        standard: version === undefined ? newestStandard : Number(version),
        relaxForUserNamespaces: config["relaxForUserNamespaces"] === true,
    };
}

function schema({ relaxable, versioned, since, configProperties }: PodRuleArgs): PolicyConfigSchema {
    const relaxed = { relaxForUserNamespaces: { type: "boolean", default: false } } as const;
    const version = { pssVersion: { type: "string", pattern: "^(latest|v1\\.[0-9]+)$", default: "latest" } } as const;
    return {
        properties: {
            ...(relaxable === true ? relaxed : {}),
            ...(versioned === true || since !== undefined ? version : {}),
            ...configProperties,
        },
    };
}

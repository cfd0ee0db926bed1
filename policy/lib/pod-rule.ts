import type { PolicyConfigSchema } from "@pulumi/policy";
import { readPods, type PodView } from "./pod";
import { holdsPods } from "./pod-source";
import type { Finding, Metadata, OnUnknown, ResourceRule, RuleConfig } from "./types";

/** The newest Pod Security Standard that the rules know, as the minor version of Kubernetes 1. */
export const newestStandard = 37;

/** What a check may depend on besides the pod. */
export interface PodSettings {
    /** Minor version of the standard that is enforced. */
    readonly standard: number;
    /** Whether pods in a user namespace may run as root, as the standard allows since 1.35. */
    readonly relaxForUserNamespaces: boolean;
}

export type PodCheck = (pod: PodView, settings: PodSettings) => Finding[];

type PodRuleArgs = Pick<Metadata, "name" | "description" | "severity" | "remediationSteps"> & {
    readonly check: PodCheck;
    /** The id that Pod Security Admission gives the control; left out for what goes beyond it. */
    readonly control?: string;
    readonly profile?: "baseline" | "restricted";
    /** First minor version of the standard that has the control. */
    readonly since?: number;
    /** What a field that is not known before the update means. @default "fail" */
    readonly onUnknown?: OnUnknown;
    /** The policy reads `relaxForUserNamespaces`. */
    readonly relaxable?: boolean;
    /** The policy's rule depends on the version of the standard. */
    readonly versioned?: boolean;
    readonly url?: string;
};

const standardUrl = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** Makes a policy about pods out of a pure check. It sees every kind that holds a pod; requirement rows PO-01, SC-01. */
export function podRule(args: PodRuleArgs): ResourceRule {
    const { check, control, profile, since, relaxable, versioned, onUnknown = "fail", url, ...metadata } = args;
    return {
        scope: "resource",
        ...metadata,
        tags: ["kubernetes", "pods", ...(profile === undefined ? [] : ["pod-security-standards", profile])],
        framework: {
            name: control === undefined ? "E-commerce platform" : "Kubernetes Pod Security Standards",
            version: control === undefined ? "1" : `v1.${newestStandard}`,
            reference: control ?? "SC-01",
            specification: profile ?? "beyond restricted",
        },
        url: url ?? standardUrl,
        onUnknown,
        configSchema: schema({ relaxable: relaxable === true, versioned: versioned === true || since !== undefined }),
        applies: holdsPods,
        check: (resource, config) => {
            const settings = podSettings(config);
            return settings.standard < (since ?? 0)
                ? []
                : readPods(resource).pods.flatMap((pod) => check(pod, settings));
        },
    };
}

/** Reads a policy's config. A value of the wrong kind counts as not given: the engine refuses it by the schema. */
export function podSettings(config: RuleConfig): PodSettings {
    const version =
        typeof config["pssVersion"] === "string" ? /^v1\.(\d+)$/.exec(config["pssVersion"])?.[1] : undefined;
    return {
        standard: version === undefined ? newestStandard : Number(version),
        relaxForUserNamespaces: config["relaxForUserNamespaces"] === true,
    };
}

function schema(has: { readonly relaxable: boolean; readonly versioned: boolean }): PolicyConfigSchema {
    return {
        properties: {
            ...(has.relaxable ? { relaxForUserNamespaces: { type: "boolean", default: false } as const } : {}),
            ...(has.versioned
                ? { pssVersion: { type: "string", pattern: "^(latest|v1\\.[0-9]+)$", default: "latest" } as const }
                : {}),
        },
    };
}

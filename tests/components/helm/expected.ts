import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import { tierNames } from "../../../config/schema";
import { inputsOf } from "../deployed";
import { deployment } from "../deployment";

/** Pods' security context, in every chart. */
export const podSecurity = {
    runAsNonRoot: true,
    runAsUser: 10001,
    runAsGroup: 10001,
    fsGroup: 10001,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
};

/** Containers' security context, in every chart. */
export const containerSecurity = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
};

/** Replicas of everything that can have more than one (EN-01 to EN-03). */
export const replicas: Readonly<Record<Tier, number>> = { dev: 1, staging: 2, prod: 2 };

/** Pods that are not ready do not block the drain of a node; of charts that have a key for it (AS-10). */
export const evictable = { unhealthyPodEvictionPolicy: "AlwaysAllow" };

/** A budget in the form of most charts: none where it would block the drain of a node (AS-10). */
export const budgets: Readonly<Record<Tier, object>> = {
    dev: { enabled: false, maxUnavailable: 1 },
    staging: { enabled: true, maxUnavailable: 1 },
    prod: { enabled: true, maxUnavailable: 1 },
};

const unsatisfiable: Readonly<Record<Tier, string>> = {
    dev: "ScheduleAnyway",
    staging: "DoNotSchedule",
    prod: "DoNotSchedule",
};

/** Spread over zones, then nodes (CL-13, CL-14). */
export function spread(tier: Tier, labels: Readonly<Record<string, string>>): object[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: unsatisfiable[tier],
        labelSelector: { matchLabels: labels },
        matchLabelKeys: ["pod-template-hash"],
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    }));
}

/** Requests and limits. */
export function resources(cpu: string, memory: string, cpuLimit: string, memoryLimit: string): object {
    return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
}

/** Destinations of most controllers. */
export const api = ["dns", "api-server"] as const;

/** Pods of a chart. */
export interface PodRow {
    readonly labels: Readonly<Record<string, string>>;
    /** `requests/limits`, as CPU and memory each. */
    readonly size: readonly [cpu: string, memory: string, cpuLimit: string, memoryLimit: string];
    readonly webhook?: number;
    readonly metrics?: number;
    /** Callers besides the API server and Prometheus. */
    readonly callers?: readonly object[];
    readonly calls: readonly (string | object)[];
    readonly count?: "single" | "job";
}

/** Annotations of the service account: its Google identity; AWS associates identities with accounts, not by annotation. */
export function account(cloud: Cloud, identity: string): object {
    return { annotations: cloud === "gcp" ? { "iam.gke.io/gcp-service-account": `${identity}@shop` } : {} };
}

/** Where a chart comes from and where its definitions do. */
export interface Origin {
    readonly name: string;
    readonly chart: string;
    readonly version: string;
    /** `undefined` for a chart in a registry, whose address is in {@link chart}. */
    readonly repo: string | undefined;
    readonly namespace: string;
    /** Whether the definitions in the chart's `crds` folder are left out. */
    readonly skipCrds: boolean;
}

/** All inputs of a release. */
export function releaseOf({ name, chart, version, repo, namespace, skipCrds }: Origin, values: object): object {
    return {
        name,
        chart,
        version,
        ...(repo === undefined ? {} : { repositoryOpts: { repo } }),
        namespace,
        createNamespace: false,
        atomic: true,
        cleanupOnFail: true,
        timeout: 600,
        waitForJobs: true,
        maxHistory: 5,
        skipCrds,
        values,
        // Set by the SDK.
        compat: "true",
    };
}

/** Stacks that a chart is installed in. */
export type Installed = Readonly<Partial<Record<Cloud, readonly Tier[]>>>;

/** Describes a chart by all inputs of its release in every stack. */
export function describeRelease(
    origin: Origin,
    installed: Installed,
    values: (tier: Tier, cloud: Cloud) => object,
): void {
    describe(`the release ${origin.name}`, () => {
        for (const cloud of ["gcp", "aws", "existing"] as const) {
            for (const tier of tierNames) {
                const expected = installed[cloud]?.includes(tier) === true;
                it(`${expected ? "has exactly these inputs and values" : "is not installed"} in ${tier} on ${cloud}`, async () => {
                    const { resources: all } = await deployment(cloud, tier);
                    const found = inputsOf(all, "kubernetes:helm.sh/v3:Release")[origin.name];
                    assert.deepEqual(found, expected ? releaseOf(origin, values(tier, cloud)) : undefined);
                });
            }
        }
    });
}

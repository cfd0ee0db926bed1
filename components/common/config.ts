import { flag, group, oneOf, text } from "../../config/fields";
import type { CoreConfig } from "../../config/core";
import { configPart, defaultOn, defined, type Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { quantity } from "../../config/quantity";
import type { Tier } from "../../config/schema";

// Above 0, because an autoscaler's target is a percentage of the request.
const quantityCpu = text(
    "CPU in cores or millicores",
    /^(?![0.]+m?$)([0-9]+m|[0-9]+(\.[0-9]+)?)$/,
    'a quantity above 0 in quotes, such as "500m" or "2"',
);
const quantityMemory = text(
    "Memory with a binary unit",
    /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
    'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
);

const spreads = ["required", "preferred"] as const;

/** The configuration of several layers: replicas, resources and spread of pods. */
export interface CommonConfig {
    /** `floor` is the number of replicas, or their minimum with an autoscaler, where 0 means the catalogue's minimum. */
    readonly replicas: { readonly autoscale: boolean; readonly floor: number };
    readonly resources: {
        readonly cpuRequest: string;
        readonly cpuLimit: string;
        readonly memoryRequest: string;
        readonly memoryLimit: string;
    };
    readonly spread: (typeof spreads)[number];
    /** Whether workloads can have a VerticalPodAutoscaler. */
    readonly verticalAutoscaler: boolean;
    readonly data: {
        /** Whether buckets, with their settings, keys and grants, outlive the stack. */
        readonly keepOnDestroy: boolean;
    };
}

/** The values of the three tiers (EN-01 to EN-03). */
export const commonTiers: Readonly<Record<Tier, CommonConfig>> = {
    dev: {
        // One replica and no autoscaler: dev is for trying changes, without load (EN-01).
        replicas: { autoscale: false, floor: 1 },
        // Limits are the sources' figures; requests are an idle service's use, so that nine services fit on three nodes.
        resources: { cpuRequest: "100m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
        // Required spread would block a rolling update on a pool of this size.
        spread: "preferred",
        verticalAutoscaler: false,
        // Dev is created and destroyed often, and a bucket that stays would be in the way of the next one.
        data: { keepOnDestroy: false },
    },
    staging: {
        // Two replicas and an autoscaler, so that scaling is tested in staging (EN-02).
        replicas: { autoscale: true, floor: 2 },
        resources: { cpuRequest: "250m", cpuLimit: "1", memoryRequest: "512Mi", memoryLimit: "1Gi" },
        // As in prod, so that pods that cannot be scheduled are found in staging first.
        spread: "required",
        verticalAutoscaler: false,
        data: { keepOnDestroy: false },
    },
    prod: {
        // The catalogue's minimum: three, or two for the four services with two in the sources (EN-03).
        replicas: { autoscale: true, floor: 0 },
        // The sources' 2 CPU are the limit: as requests, the minimum replicas would need 26 nodes, and the maximum is 20.
        resources: { cpuRequest: "500m", cpuLimit: "2", memoryRequest: "1Gi", memoryLimit: "2Gi" },
        spread: "required",
        // Recommendations need prod's load (AS-09).
        verticalAutoscaler: true,
        // Audit records have to be readable for a year, backups until their retention ends: without key they are not.
        data: { keepOnDestroy: true },
    },
};

/** A replica runs no pods of the shop until it is promoted (CL-18). */
export function replicasOf({ role, tier }: Pick<CoreConfig, "role" | "tier">): CommonConfig["replicas"] {
    return role === "replica" ? { autoscale: false, floor: 0 } : commonTiers[tier].replicas;
}

const requestsWithinLimits: Rule<CommonConfig> = ({ config }) =>
    (["cpu", "memory"] as const).flatMap((kind): Problem[] => {
        const request = config.resources[`${kind}Request`];
        const limit = config.resources[`${kind}Limit`];
        const message = `is more than resources.${kind}Limit (${limit}); give ${limit} or less, or raise the limit`;
        return quantity(request) > quantity(limit)
            ? [{ path: `resources.${kind}Request`, value: request, message }]
            : [];
    });

const prodSpreads: Rule<CommonConfig> = ({ config: { tier, spread } }) => {
    const message = "lets all replicas share a zone; give required in prod";
    return tier === "prod" && spread === "preferred" ? [{ path: "scheduling.spread", value: spread, message }] : [];
};

/** The keys that several layers read. */
export const commonConfig = configPart({
    name: "common",
    shape: {
        resources: group("Requests and limits of each pod of the shop", {
            cpuRequest: quantityCpu.optional(),
            cpuLimit: quantityCpu.optional(),
            memoryRequest: quantityMemory.optional(),
            memoryLimit: quantityMemory.optional(),
        }).optional(),
        data: group("Data in buckets", {
            keepOnDestroy: flag(
                "Whether `pulumi destroy` leaves buckets, their settings and their keys in the cloud; on AWS it also locks backups and audit records (D1, D7)",
            ).optional(),
        }).optional(),
        scheduling: group("Spread of pods over zones and nodes", {
            spread: oneOf(
                "`required` keeps a pod pending if its zone or node would have too many of the same workload (CL-13)",
                spreads,
            ).optional(),
        }).optional(),
    },
    tiers: commonTiers,
    resolve: ({ resources, scheduling, data }, core): CommonConfig => ({
        replicas: replicasOf(core),
        resources: { ...commonTiers[core.tier].resources, ...defined(resources) },
        spread: scheduling?.spread ?? commonTiers[core.tier].spread,
        verticalAutoscaler: commonTiers[core.tier].verticalAutoscaler,
        data: { ...commonTiers[core.tier].data, ...defined(data) },
    }),
    rules: [requestsWithinLimits, prodSpreads],
    defaults: {
        "resources.cpuRequest": ({ resources }) => resources.cpuRequest,
        "resources.cpuLimit": ({ resources }) => resources.cpuLimit,
        "resources.memoryRequest": ({ resources }) => resources.memoryRequest,
        "resources.memoryLimit": ({ resources }) => resources.memoryLimit,
        "scheduling.spread": ({ spread }) => spread,
        "data.keepOnDestroy": defaultOn(["gcp", "aws"], ({ data }: CommonConfig) => data.keepOnDestroy),
    },
});

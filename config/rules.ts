import type { Workloads } from "../catalog/types";
import { cidrsOverlap, registryOf } from "./formats";
import { labelRule } from "./labels";
import { machines } from "./machines";
import type { Problem } from "./problems";
import { quantity } from "./quantity";
import { type PlatformConfig, replicaBounds } from "./resolve";
import { clusterRules } from "./rules-cluster";
import { recoveryRules } from "./rules-recovery";
import type { Settings } from "./schema";
import { nearest } from "./suggest";
import { tiers } from "./tiers";

/** What a rule looks at: the settings as written, the same filled up, and the catalogue. */
export interface RuleInput {
    readonly settings: Settings;
    readonly config: PlatformConfig;
    readonly workloads: Workloads;
}

/** A check across keys; paths are relative to the project's namespace. */
export type Rule = (input: RuleInput) => readonly Problem[];

const bounds: Rule = ({ config }) =>
    Object.entries(config.nodePools).flatMap(([name, pool]) => {
        const path = `nodePools.${name}`;
        const problems: Problem[] = [];
        if (pool.min > pool.max) {
            const message = `is more than nodePools.${name}.max (${pool.max}); give ${pool.max} or fewer, or raise max`;
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        if (config.cloud === "aws" && name === "spot" && pool.min > 0) {
            const message = "is a floor that Karpenter does not keep; give 0 or remove the key on aws";
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        // Spot nodes are a bonus: what prefers them runs on the app pool too.
        if (config.cloud !== "existing" && config.profile === "standard" && name !== "spot" && pool.min < 3) {
            const message = "leaves a zone without a node; give 3 or more";
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        return problems;
    });

const machineTypes: Rule = ({ config }) => {
    if (config.cloud === "existing") {
        return [];
    }
    const known = machines[config.cloud];
    return Object.entries(config.nodePools).flatMap(([name, pool]): Problem[] => {
        const path = `nodePools.${name}.machineType`;
        const machine = known[pool.machineType];
        if (machine === undefined) {
            const message = `is not a machine type known on ${config.cloud}; give one of ${Object.keys(known).join(", ")}`;
            return [{ path, value: pool.machineType, message }];
        }
        if (pool.confidential && machine.memoryEncryption === "none") {
            const able = Object.entries(known)
                .filter(([, entry]) => entry.memoryEncryption !== "none")
                .map(([type]) => type);
            const message = `cannot encrypt memory, which nodePools.${name}.confidential asks for; give one of ${able.join(", ")}`;
            return [{ path, value: pool.machineType, message }];
        }
        return [];
    });
};

const paymentPool: Rule = ({ config, settings, workloads }) => {
    const needing = Object.keys(workloads).filter((name) => workloads[name]?.pool === "payment");
    if (config.profile === "compact" || settings.nodePools?.payment?.enabled !== false || needing.length === 0) {
        return [];
    }
    const message = `leaves ${needing.join(", ")} without the nodes that it may run on; give true or remove the key`;
    return config.dedicatedPools ? [{ path: "nodePools.payment.enabled", value: false, message }] : [];
};

const serviceNames: Rule = ({ config, workloads }) =>
    Object.keys(config.services)
        .filter((name) => !Object.hasOwn(workloads, name))
        .map((name) => {
            const names = Object.keys(workloads);
            const message = `is not a service of the catalogue; give one of ${names.join(", ")}${nearest(name, names)}`;
            return { path: `services.${name}`, value: config.services[name], message };
        });

const scalingKeys: Rule = ({ config }) =>
    Object.entries(config.services).flatMap(([name, own]): Problem[] => {
        // The tier's, also in a replica: its settings have to be right on the day that it is promoted.
        const { autoscale } = tiers[config.tier].replicas;
        const wrong = autoscale ? (["replicas"] as const) : (["minReplicas", "maxReplicas"] as const);
        const instead = autoscale ? "minReplicas and maxReplicas" : "replicas";
        const does = autoscale ? "autoscales" : "does not autoscale";
        return wrong
            .filter((key) => own[key] !== undefined)
            .map((key) => ({
                path: `services.${name}.${key}`,
                value: own[key],
                message: `has no effect because tier ${config.tier} ${does}; give ${instead} instead`,
            }));
    });

const scalingBounds: Rule = ({ config, workloads }) =>
    Object.entries(workloads).flatMap(([name, workload]): Problem[] => {
        const own = config.services[name];
        // Once more the tier's own: a replica runs none of them, but may be promoted tonight.
        const promoted = { replicas: tiers[config.tier].replicas, services: config.services };
        const { min, max } = replicaBounds(promoted, name, workload.scaling);
        const problems: Problem[] = [];
        if (min > max) {
            const key = own?.maxReplicas === undefined ? "minReplicas" : "maxReplicas";
            const message =
                key === "maxReplicas"
                    ? `is below the fewest replicas of ${name} (${min}); give ${min} or more`
                    : `is above the most replicas of ${name} (${max}); give ${max} or fewer, or raise maxReplicas`;
            problems.push({ path: `services.${name}.${key}`, value: key === "maxReplicas" ? max : min, message });
        }
        if (config.tier === "prod" && own?.minReplicas !== undefined && min < workload.scaling.min) {
            const message = `is below the floor that keeps ${name} up when a zone is lost; give ${workload.scaling.min} or more in prod`;
            problems.push({ path: `services.${name}.minReplicas`, value: min, message });
        }
        return problems;
    });

const requestsWithinLimits: Rule = ({ config }) =>
    (["cpu", "memory"] as const).flatMap((kind): Problem[] => {
        const request = config.resources[`${kind}Request`];
        const limit = config.resources[`${kind}Limit`];
        const message = `is more than resources.${kind}Limit (${limit}); give ${limit} or less, or raise the limit`;
        return quantity(request) > quantity(limit)
            ? [{ path: `resources.${kind}Request`, value: request, message }]
            : [];
    });

const imagesByDigest: Rule = ({ config }) =>
    Object.entries(config.services)
        .filter(([, own]) => config.tier === "prod" && own.image !== undefined && !own.image.includes("@sha256:"))
        .map(([name, own]) => ({
            path: `services.${name}.image`,
            value: own.image,
            message: "may change under its tag; give the image by digest in prod, as name@sha256:...",
        }));

/** What a stack names itself is taken as it stands: where a mirror is set, it has to be on the mirror's registry. */
const imagesWithinMirror: Rule = ({ config }) => {
    const { mirror } = config.images;
    if (mirror === undefined) {
        return [];
    }
    const host = registryOf(`${mirror}/`);
    return Object.entries(config.services)
        .filter(([, own]) => own.image !== undefined && registryOf(own.image) !== host)
        .map(([name, own]) => ({
            path: `services.${name}.image`,
            value: own.image,
            message: `is not on the registry of images.mirror (${host}); give the copy of it there`,
        }));
};

const networks: Rule = ({ config }) => {
    // AWS takes pods and the control plane's interfaces from the VPC: there they are one range by design.
    const keys = {
        gcp: ["nodes", "pods", "services", "controlPlane", "managed"],
        aws: ["nodes", "services"],
        existing: [],
    } as const;
    const used: readonly ("nodes" | "pods" | "services" | "controlPlane" | "managed")[] = keys[config.cloud];
    return used.flatMap((key, index) =>
        used.slice(index + 1).flatMap((other): Problem[] => {
            const message = `overlaps network.${key} (${config.network[key]}); give a range of its own`;
            return cidrsOverlap(config.network[key], config.network[other])
                ? [{ path: `network.${other}`, value: config.network[other], message }]
                : [];
        }),
    );
};

/** Every cross-key rule; each has a test that it fires and one that it stays quiet. */
export const rules: readonly Rule[] = [
    ...clusterRules,
    ...recoveryRules,
    bounds,
    machineTypes,
    paymentPool,
    serviceNames,
    scalingKeys,
    scalingBounds,
    requestsWithinLimits,
    imagesByDigest,
    imagesWithinMirror,
    networks,
    labelRule,
];

import { registryOf } from "../../config/formats";
import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { nearest } from "../../config/suggest";
import { commonTiers } from "../common/config";
import { keysOutliveThePause } from "./config-jobs";
import type { ServicesConfig } from "./config-keys";
import { preScaleEnds, preScaleNeedsASale, salesNeedAutoscalers } from "./config-load";
import { replicaBounds } from "./config-replicas";

const serviceNames: Rule<ServicesConfig> = ({ config, workloads }) =>
    Object.keys(config.services)
        .filter((name) => !Object.hasOwn(workloads, name))
        .map((name) => {
            const names = Object.keys(workloads);
            const message = `is not a service of the catalogue; give one of ${names.join(", ")}${nearest(name, names)}`;
            return { path: `services.${name}`, value: config.services[name], message };
        });

const scalingKeys: Rule<ServicesConfig> = ({ config }) =>
    Object.entries(config.services).flatMap(([name, own]): Problem[] => {
        // The tier's value, not the replica's, because the settings must be valid after a promotion.
        const { autoscale } = commonTiers[config.tier].replicas;
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

const scalingBounds: Rule<ServicesConfig> = ({ config, workloads }) =>
    Object.entries(workloads).flatMap(([name, workload]): Problem[] => {
        const own = config.services[name];
        // As above: the replicas after a promotion.
        const { services, load } = config;
        const promoted = { replicas: commonTiers[config.tier].replicas, services, load };
        const { min, max } = replicaBounds(promoted, name, workload.scaling);
        const problems: Problem[] = [];
        if (min > max) {
            const key = own?.maxReplicas === undefined ? "minReplicas" : "maxReplicas";
            const message =
                key === "maxReplicas"
                    ? `is below the minimum replicas of ${name} (${min}); give ${min} or more`
                    : `is above the maximum replicas of ${name} (${max}); give ${max} or fewer, or raise maxReplicas`;
            problems.push({ path: `services.${name}.${key}`, value: key === "maxReplicas" ? max : min, message });
        }
        if (config.tier === "prod" && own?.minReplicas !== undefined && min < workload.scaling.min) {
            const message = `is below the minimum that keeps ${name} available when a zone is lost; give ${workload.scaling.min} or more in prod`;
            problems.push({ path: `services.${name}.minReplicas`, value: min, message });
        }
        return problems;
    });

const imagesByDigest: Rule<ServicesConfig> = ({ config }) =>
    Object.entries(config.services)
        .filter(([, own]) => config.tier === "prod" && own.image !== undefined && !own.image.includes("@sha256:"))
        .map(([name, own]) => ({
            path: `services.${name}.image`,
            value: own.image,
            message: "may change under its tag; give the image by digest in prod, as name@sha256:...",
        }));

/** Images of the stack file are used as written, so with a mirror they must be on its registry. */
const imagesWithinMirror: Rule<ServicesConfig> = ({ config }) => {
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

/** Rules about the shop's services. */
export const serviceRules: readonly Rule<ServicesConfig>[] = [
    serviceNames,
    scalingKeys,
    scalingBounds,
    imagesByDigest,
    imagesWithinMirror,
    keysOutliveThePause,
    salesNeedAutoscalers,
    preScaleNeedsASale,
    preScaleEnds,
];

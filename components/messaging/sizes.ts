import type { Tier } from "../../config/schema";
import type { Resources } from "../layer";
import type { MessagingSettings } from "./config-types";

const brokerCpu: Readonly<Record<Tier, { readonly request: string; readonly limit: string }>> = {
    dev: { request: "100m", limit: "1" },
    staging: { request: "250m", limit: "1" },
    prod: { request: "500m", limit: "2" },
};

/** Memory is requested in full: a broker that is evicted has to copy its partitions again. */
export function brokerResources({ memory }: Pick<MessagingSettings, "memory">, tier: Tier): Resources {
    const { request, limit } = brokerCpu[tier];
    return { requests: { cpu: request, memory }, limits: { cpu: limit, memory } };
}

/** A controller keeps the metadata of a few hundred partitions. */
export const controllerResources: Resources = {
    requests: { cpu: "100m", memory: "1Gi" },
    limits: { cpu: "1", memory: "1Gi" },
};

/** Heap of a controller; it has no page cache to leave room for, but Java needs memory besides the heap. */
export const controllerHeap = "512Mi";

/** Each of the topic and the user operator. */
export const entityOperatorResources: Resources = {
    requests: { cpu: "50m", memory: "256Mi" },
    limits: { cpu: "500m", memory: "512Mi" },
};

export const exporterResources: Resources = {
    requests: { cpu: "25m", memory: "64Mi" },
    limits: { cpu: "250m", memory: "128Mi" },
};

import type * as pulumi from "@pulumi/pulumi";

import { capacityConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer } from "../layer";
import type { Namespaces } from "../security/types";
import { declareHeadroom } from "./declare";
import { Headroom } from "./headroom";
import { placeholders } from "./size";
import { type Capacity, headroomName, headroomNamespace } from "./types";

/** Inputs of {@link createCapacity}. */
export interface CapacityArgs {
    readonly config: LayerConfig;
    readonly namespaces: Namespaces;
}

/** Reserves capacity on the app pool where the tier asks for it and the node sizes are known (CL-10). */
export function createCapacity(_name: string, args: CapacityArgs, opts: pulumi.ComponentResourceOptions): Capacity {
    const { config, namespaces } = args;
    const placeholderPods = placeholders(config);
    if (placeholderPods !== undefined) {
        const namespace = namespaces[headroomNamespace];
        const { images, zones } = config;
        new Headroom(headroomName, { placeholders: placeholderPods, zones: zones.length, namespace, images }, opts);
    }
    return { placeholders: placeholderPods?.count ?? 0 };
}

/** Placeholder pods that reserve capacity on the app pool (CL-10). */
export const capacity: Layer<
    "capacity",
    LayerConfig,
    { readonly security: Namespaces },
    Capacity,
    typeof capacityConfig
> = {
    name: "capacity",
    config: capacityConfig,
    declare: ({ config }) => declareHeadroom(config),
    create: (name, { config, security }, opts) => createCapacity(name, { config, namespaces: security }, opts),
};

import type * as pulumi from "@pulumi/pulumi";

import { capacityConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer } from "../layer";
import type { Namespaces } from "../security/types";
import { declareHeadroom } from "./declare";
import { Headroom } from "./headroom";
import { placeholders } from "./size";
import { type Capacity, headroomName, headroomNamespace } from "./types";

/** What the placeholders are created from. */
export interface CapacityArgs {
    readonly config: LayerConfig;
    readonly namespaces: Namespaces;
}

/** Keeps room free on the app pool where the tier asks for it and the node sizes are known (CL-10). */
export function createCapacity(_name: string, args: CapacityArgs, opts: pulumi.ComponentResourceOptions): Capacity {
    const { config, namespaces } = args;
    const held = placeholders(config);
    if (held !== undefined) {
        const namespace = namespaces[headroomNamespace];
        const { mirror } = config.images;
        new Headroom(headroomName, { placeholders: held, zones: config.zones.length, namespace, mirror }, opts);
    }
    return { placeholders: held?.count ?? 0 };
}

/** Placeholder pods that keep room free on the app pool (CL-10). */
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

import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Namespaces } from "../security/types";
import { Headroom, headroomName } from "./headroom";
import { placeholders } from "./size";
import { type Capacity, headroomNamespace } from "./types";

/** Keeps room on the app pool free where the tier asks for it and the nodes are ours (CL-10). */
export function createCapacity(
    config: PlatformConfig,
    namespaces: Namespaces,
    opts: pulumi.ComponentResourceOptions,
): Capacity {
    const wanted = placeholders(config);
    if (wanted !== undefined) {
        const namespace = namespaces[headroomNamespace];
        const { mirror } = config.images;
        new Headroom(headroomName, { placeholders: wanted, zones: config.zones.length, namespace, mirror }, opts);
    }
    return { placeholders: wanted?.count ?? 0 };
}

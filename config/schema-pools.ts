import { flag, group, oneOf, text, whole } from "./fields";
import { profileNames } from "./profiles";

export const generationNames = ["seed", "latest"] as const;
export type Generation = (typeof generationNames)[number];

const machineType = text(
    "Machine type of the pool's nodes, one of `config/machines.ts`",
    /^[a-z0-9]+[-.][-a-z0-9]+$/,
    "a machine type such as e2-standard-4 or m7i.xlarge",
);

const pool = (description: string) =>
    group(description, {
        min: whole("Fewest nodes over all zones", 0, 1000).optional(),
        max: whole("Most nodes over all zones", 1, 1000).optional(),
        machineType: machineType.optional(),
    });

/** The node pools of a stack: how many nodes of which machines. */
export const nodePools = group("Sizes of the node pools (CL-03 to CL-08, CL-12, CL-15)", {
    profile: oneOf(
        "`compact` puts everything onto three nodes, one each for frontend, backend and data; for dev only (CL-15)",
        profileNames,
    ).optional(),
    generation: oneOf(
        "Machine series of all pools, and with them the types of disks: the source documents' or the newest",
        generationNames,
    ).optional(),
    app: pool("Autoscaled pool of the shop's services").optional(),
    database: pool("Pool of the databases").optional(),
    cache: pool("Pool of the caches").optional(),
    payment: group("Pool of the payment service", {
        enabled: flag("Whether the pool is made; prod needs it (CL-07)").optional(),
        confidential: flag("Memory encrypted while in use (CL-08)").optional(),
        min: whole("Fewest nodes over all zones", 0, 1000).optional(),
        max: whole("Most nodes over all zones", 1, 1000).optional(),
        machineType: machineType.optional(),
    }).optional(),
    spot: group("Pool of nodes that the cloud may take back, for what is not critical", {
        enabled: flag("Whether the pool is made; dev has none unless it asks for one (CL-12)").optional(),
        min: whole("Fewest nodes over all zones", 0, 1000).optional(),
        max: whole("Most nodes over all zones", 1, 1000).optional(),
        machineType: machineType.optional(),
    }).optional(),
});

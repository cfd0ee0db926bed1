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
        min: whole("Minimum number of nodes in all zones together", 0, 1000).optional(),
        max: whole("Maximum number of nodes in all zones together", 1, 1000).optional(),
        machineType: machineType.optional(),
    });

/** The node pools of a stack: numbers of nodes and machine types. */
export const nodePools = group("Sizes of the node pools (CL-03 to CL-08, CL-12, CL-15)", {
    profile: oneOf(
        "`compact` runs everything on three nodes, one each for frontend, backend and data; for dev only (CL-15)",
        profileNames,
    ).optional(),
    generation: oneOf(
        "Machine series of all pools, which determine the disk types: `seed` the source documents', `latest` the newest",
        generationNames,
    ).optional(),
    app: pool("Autoscaled pool of the shop's services").optional(),
    database: pool("Pool of the databases").optional(),
    cache: pool("Pool of the caches").optional(),
    payment: group("Pool of the payment service", {
        enabled: flag("Whether the pool is created; required in prod (CL-07)").optional(),
        confidential: flag("Encrypts memory while in use (CL-08)").optional(),
        min: whole("Minimum number of nodes in all zones together", 0, 1000).optional(),
        max: whole("Maximum number of nodes in all zones together", 1, 1000).optional(),
        machineType: machineType.optional(),
    }).optional(),
    spot: group("Pool of spot nodes, which the cloud can terminate, for workloads that are not critical", {
        enabled: flag("Whether the pool is created; by default not in dev (CL-12)").optional(),
        min: whole("Minimum number of nodes in all zones together", 0, 1000).optional(),
        max: whole("Maximum number of nodes in all zones together", 1, 1000).optional(),
        machineType: machineType.optional(),
    }).optional(),
});

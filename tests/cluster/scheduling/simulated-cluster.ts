import { admit } from "../admission/admit";
import type { JsonObject } from "../control-plane/json";
import { startControlPlane, type StartWithArgs } from "../control-plane/start-with-crds";
import type { ControlPlane } from "../control-plane/start";
import { log } from "../log";
import type { Finding } from "../plan/finding";
import type { PlannedObject } from "../plan/objects";
import { addNodes, nodesOf } from "./nodes";
import type { NodePool } from "./pools";
import { settle, type SettleOptions } from "./settle";
import type { Snapshot } from "./snapshot";

/** A control plane with the nodes and objects of a stack's plan. */
export interface SimulatedCluster {
    readonly plane: ControlPlane;
    readonly pools: readonly NodePool[];
    /** Objects that were refused, and pods and claims that the simulated operators could not create. */
    readonly refused: readonly Finding[];
    /** Taken after the cluster settled for the first time. */
    readonly snapshot: Snapshot;
}

/** The objects with CronJobs suspended: pods that start by the clock would add to the load that a test gives. */
function withoutSchedules(planned: readonly PlannedObject[]): PlannedObject[] {
    return planned.map((one) =>
        one.object.kind === "CronJob"
            ? { ...one, object: { ...one.object, spec: { ...(one.object["spec"] as JsonObject), suspend: true } } }
            : one,
    );
}

/** Starts a cluster with the minimum nodes of each pool, applies every object and waits until the cluster settles. */
export async function startSimulatedCluster(
    planned: readonly PlannedObject[],
    pools: readonly NodePool[],
    { definitions, ...options }: SettleOptions & Pick<StartWithArgs, "definitions"> = {},
): Promise<SimulatedCluster> {
    const plane = await startControlPlane({ definitions }, log);
    try {
        await addNodes(
            plane.client,
            pools.flatMap((pool) => nodesOf(pool, pool.min)),
        );
        const findings = await admit(plane.client, withoutSchedules(planned));
        const { snapshot, refusals } = await settle(plane, options);
        const operators = [...refusals].map(([where, message]) => ({ check: "operator refused", where, message }));
        return { plane, pools, refused: [...findings, ...operators], snapshot };
    } catch (error) {
        await plane.stop();
        throw error;
    }
}

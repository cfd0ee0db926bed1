import { admit } from "../admission/admit";
import { startControlPlane } from "../control-plane/baked";
import type { ControlPlane } from "../control-plane/start";
import { note } from "../note";
import type { Finding } from "../plan/finding";
import type { PlannedObject } from "../plan/objects";
import { addNodes, nodesOf } from "./nodes";
import type { NodePool } from "./pools";
import { settle, type SettleOptions } from "./settle";
import type { Snapshot } from "./snapshot";

/** A control plane with the nodes of a stack and everything that its plan makes. */
export interface Scene {
    readonly plane: ControlPlane;
    readonly pools: readonly NodePool[];
    /** What was refused on the way in, and what the players could not make. */
    readonly refused: readonly Finding[];
    /** After the first rest. */
    readonly snapshot: Snapshot;
}

/** Sets a scene: each pool at its least nodes, every object of the plan applied, and the cluster at rest. */
export async function setScene(
    planned: readonly PlannedObject[],
    pools: readonly NodePool[],
    options: SettleOptions = {},
): Promise<Scene> {
    const plane = await startControlPlane({}, note);
    try {
        await addNodes(
            plane.client,
            pools.flatMap((pool) => nodesOf(pool, pool.min)),
        );
        const findings = await admit(plane.client, planned);
        const { snapshot, refusals } = await settle(plane, options);
        const played = [...refusals].map(([where, message]) => ({ check: "refused to a player", where, message }));
        return { plane, pools, refused: [...findings, ...played], snapshot };
    } catch (error) {
        await plane.stop();
        throw error;
    }
}

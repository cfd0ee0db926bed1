import assert from "node:assert/strict";

import { note } from "./note";
import { cases, caseTitle, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { raiseToMaximum } from "./scheduling/autoscale";
import { lostWith, placementFindings, sharedNodes, unplaced, withoutPlaceholders } from "./scheduling/checks";
import { addNodes, loseNodes, nodesOf } from "./scheduling/nodes";
import { packing, packingTable } from "./scheduling/packing";
import { nodePools } from "./scheduling/pools";
import { overflow, overflowFindings } from "./scheduling/quota";
import { setScene, type Scene } from "./scheduling/scene";
import { settle } from "./scheduling/settle";
import type { Snapshot } from "./scheduling/snapshot";
import { afterZoneLoss } from "./scheduling/zone-loss";

/**
 * Proves that the real scheduler and the real controllers place what the plan makes on the nodes that the plan makes.
 * Proof codes S and C; rows CL-01, CL-03, CL-05 to CL-07, CL-13, CL-14, AS-11, SV-12.
 */
describe("scheduled by the real scheduler", () => {
    for (const which of cases()) {
        describe(caseTitle(which), () => {
            let scene: Scene;
            let zones: readonly string[];
            let replica: boolean;
            let stop = (): Promise<void> => Promise.resolve();

            before(async () => {
                const plan = await planOf(which);
                const pools = nodePools(plan.resources);
                replica = plan.outputs["role"] === "replica";
                zones = [...new Set(pools.flatMap((pool) => pool.zones))].sort();
                scene = await setScene(plannedObjects(plan), pools);
                stop = () => scene.plane.stop();
            });

            after(async () => {
                await stop();
            });

            it("binds every pod at the baseline, spread over zones and nodes, each in its pool", () => {
                show(scene.snapshot);
                // A replica keeps its nodes and runs nothing of the shop until it is promoted (CL-18).
                assert.equal(scene.snapshot.pods.length === 0, replica, `${scene.snapshot.pods.length} pods`);
                assert.equal(findingsText([...scene.refused, ...placementFindings(scene.snapshot)]), "");
            });

            it("keeps every replicated service through the loss of a zone", async function () {
                const [lost] = zones;
                if (lost === undefined) {
                    note("one node and no zones: nothing to lose but all of it");
                    return;
                }
                const { plane, pools, snapshot } = scene;
                assert.equal(findingsText(zones.flatMap((zone) => lostWith(zone, snapshot))), "");
                const gone = snapshot.nodes.filter(({ zone }) => zone === lost).map(({ name }) => name);
                await loseNodes(plane.client, gone);
                const { snapshot: after } = await settle(plane);
                const waiting = unplaced(after).length;
                note(
                    `${lost} lost with ${gone.length} nodes: ${after.pods.length - waiting} pods Ready, ${waiting} waiting`,
                );
                assert.equal(findingsText(afterZoneLoss(snapshot, after)), "");
                // The zone comes back, or the autoscaler makes up for it: nobody waits any more.
                await addNodes(
                    plane.client,
                    pools.flatMap((pool) => nodesOf(pool, pool.min)),
                );
                assert.equal(findingsText(unplaced(withoutPlaceholders((await settle(plane)).snapshot))), "");
            });

            it("binds every pod of a full load on the most nodes", async () => {
                const { plane, pools } = scene;
                await addNodes(
                    plane.client,
                    pools.flatMap((pool) => nodesOf(pool, pool.max)),
                );
                await raiseToMaximum(plane.client);
                const { snapshot } = await settle(plane);
                show(snapshot);
                const shared = sharedNodes(snapshot);
                // Pods of before the load stay where they are: nothing moves a running pod.
                note(`${shared.length} nodes hold one replica more than an even spread from scratch would give`);
                const others = placementFindings(snapshot).filter(({ check }) => check !== "shared node");
                assert.equal(findingsText(others), "");
            });

            it("lets the most replicas and a rolling update into each quota, and refuses what goes beyond", async () => {
                const overflows = await overflow(scene.plane.client);
                note(
                    overflows.length === 0
                        ? "no autoscaler in this stack"
                        : `beyond all maxima: ${overflows.map(({ namespace, beyond }) => `${namespace} ${beyond}`).join(", ")}`,
                );
                assert.equal(findingsText(overflowFindings(overflows)), "");
            });
        });
    }
});

function show(snapshot: Snapshot): void {
    packingTable(packing(snapshot)).forEach((line) => {
        note(line);
    });
}

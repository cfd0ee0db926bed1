import assert from "node:assert/strict";

import { chartDeployments } from "./charts/deployments";
import { log } from "./log";
import { namespaceOf } from "./control-plane/json";
import { cases, caseTitle, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { raiseToMaximum } from "./scheduling/autoscale";
import {
    nodeSkew,
    onlyInZone,
    placementFindings,
    requiresZones,
    unplaced,
    withoutPlaceholders,
} from "./scheduling/checks";
import { addNodes, loseNodes, nodesOf } from "./scheduling/nodes";
import { packing, packingTable } from "./scheduling/packing";
import { nodePools } from "./scheduling/pools";
import { deleteBeyond, overflow, overflowFindings } from "./scheduling/quota";
import { restartUnscaled } from "./scheduling/restart";
import { startSimulatedCluster, type SimulatedCluster } from "./scheduling/simulated-cluster";
import { settle } from "./scheduling/settle";
import type { Snapshot } from "./scheduling/snapshot";
import { afterZoneLoss } from "./scheduling/zone-loss";

/**
 * The real scheduler and controllers place the plan's workloads on nodes as its node pools create them.
 * Proof codes S and C; rows CL-01, CL-03, CL-05 to CL-07, CL-13, CL-14, AS-11, SV-12.
 */
describe("scheduled by the real scheduler", () => {
    for (const which of cases()) {
        describe(caseTitle(which), () => {
            let cluster: SimulatedCluster;
            let zones: readonly string[];
            let replica: boolean;
            /** `<namespace>/<kind>/<name>` of the charts' workloads. */
            let charts: ReadonlySet<string>;
            let stop = (): Promise<void> => Promise.resolve();

            before(async () => {
                const plan = await planOf(which);
                const pools = nodePools(plan.resources);
                replica = plan.outputs["role"] === "replica";
                zones = [...new Set(pools.flatMap((pool) => pool.zones))].sort();
                const played = chartDeployments(plan);
                charts = new Set(
                    played.map(({ object }) => `${namespaceOf(object) ?? ""}/Deployment/${object.metadata.name}`),
                );
                cluster = await startSimulatedCluster([...plannedObjects(plan), ...played], pools);
                stop = () => cluster.plane.stop();
            });

            after(async () => {
                await stop();
            });

            it("binds every pod with minimum nodes, spread over zones and nodes, each in its pool", () => {
                logPacking(cluster.snapshot);
                // Until it is promoted, a replica stack runs the replicas of its primary's database and nothing else of
                // the shop (CL-18).
                const shop = cluster.snapshot.pods.map(({ workload }) => workload).filter((one) => !charts.has(one));
                if (replica) {
                    assert.deepEqual(shop, ["data/Cluster/postgres", "data/Cluster/postgres"]);
                }
                assert.notDeepEqual(shop, []);
                assert.equal(findingsText(cluster.refused), "");
                const found = new Set(cluster.snapshot.pods.map(({ workload }) => workload));
                assert.deepEqual(
                    [...charts].filter((chart) => !found.has(chart)),
                    [],
                );
                const findings = placementFindings(withoutPlaceholders(cluster.snapshot));
                assert.equal(findingsText(findings), "");
            });

            it("keeps a Ready pod of every replicated service when a zone is lost", async function () {
                const [lost] = zones;
                if (lost === undefined) {
                    log("one node without zones: no zone can be lost");
                    return;
                }
                const { plane, pools, snapshot } = cluster;
                assert.equal(findingsText(zones.flatMap((zone) => onlyInZone(zone, snapshot))), "");
                const gone = snapshot.nodes.filter(({ zone }) => zone === lost).map(({ name }) => name);
                await loseNodes(plane.client, gone);
                const { snapshot: after } = await settle(plane);
                const pending = unplaced(after).length;
                log(
                    `${lost} lost with ${gone.length} nodes: ${after.pods.length - pending} pods Ready, ${pending} pending`,
                );
                assert.equal(findingsText(afterZoneLoss(snapshot, after)), "");
                // The zone recovers, or the autoscaler adds nodes: no pod stays pending.
                await addNodes(
                    plane.client,
                    pools.flatMap((pool) => nodesOf(pool, pool.min)),
                );
                assert.equal(findingsText(unplaced(withoutPlaceholders((await settle(plane)).snapshot))), "");
            });

            it("binds the placeholder pods too with at most a node more in each zone (CL-10)", async () => {
                const { plane, pools, snapshot: first } = cluster;
                log(`${unplaced(first).length} placeholder pods were pending with minimum nodes`);
                // A pending placeholder makes the autoscaler add a node: the minimum is its lower bound.
                await addNodes(
                    plane.client,
                    pools.flatMap((pool) => nodesOf(pool, Math.min(pool.max, pool.min + pool.zones.length))),
                );
                assert.equal(findingsText(unplaced((await settle(plane)).snapshot)), "");
            });

            it("binds every pod of a full load with maximum nodes", async () => {
                const { plane, pools } = cluster;
                await addNodes(
                    plane.client,
                    pools.flatMap((pool) => nodesOf(pool, pool.max)),
                );
                await raiseToMaximum(plane.client);
                const { snapshot } = await settle(plane);
                logPacking(snapshot);
                const skewed = nodeSkew(snapshot);
                // Running pods are not moved, so pods from before the load keep their nodes.
                log(`${skewed.length} nodes have more replicas of a workload than an even spread gives`);
                // At the maximum no node can be added for placeholders, and nothing is reserved.
                const others = placementFindings(withoutPlaceholders(snapshot));
                const moved = others.filter(
                    ({ check, where }) =>
                        check !== "node skew" &&
                        // Since the loss of a zone, pods that only prefer zones may share one.
                        (check !== "zone skew" || requiresZones(snapshot, where)),
                );
                assert.equal(findingsText(moved), "");
            });

            it("quotas allow maximum replicas and a rolling update, and refuse pods beyond that", async () => {
                const overflows = await overflow(cluster.plane.client);
                log(
                    overflows.length === 0
                        ? "no autoscalers in this stack"
                        : `pods admitted beyond all maxima: ${overflows.map(({ namespace, beyond }) => `${namespace} ${beyond}`).join(", ")}`,
                );
                assert.equal(findingsText(overflowFindings(overflows)), "");
            });

            it("quotas allow an update of every chart at the same time, and of every service without an autoscaler", async () => {
                const { plane } = cluster;
                await deleteBeyond(plane.client);
                await restartUnscaled(plane.client);
                // Throws if a quota refuses a pod: its ReplicaSet then lacks pods.
                await settle(plane, { limitMs: 120_000 });
            });
        });
    }
});

function logPacking(snapshot: Snapshot): void {
    packingTable(packing(snapshot)).forEach((line) => {
        log(line);
    });
}

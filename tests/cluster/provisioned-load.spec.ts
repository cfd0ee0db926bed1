import assert from "node:assert/strict";

import { poolLabels } from "../../components/common/pools";
import type { ControlPlane } from "./control-plane/start";
import { log } from "./log";
import { planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { nodePoolMismatches, provisionedIn } from "./provisioning/checks";
import { batchingOf, startKarpenter } from "./provisioning/karpenter";
import { onSimulatedCloud, poolsOf } from "./provisioning/node-pools";
import { NodeWatch } from "./provisioning/observed";
import { raiseToMaximum } from "./scheduling/autoscale";
import { placementFindings, withoutPlaceholders } from "./scheduling/checks";
import { nodePools } from "./scheduling/pools";
import { settle } from "./scheduling/settle";
import { startSimulatedCluster } from "./scheduling/simulated-cluster";

/** Nodes of the app pool at most, the managed group's included (CL-03). */
const maxAppNodes = 20;

/**
 * The full load of prod on EKS from its smallest size: the scheduler fills the managed group's nodes before Karpenter's
 * exist, and the rest has to fit on those (CL-03, CL-09, CL-13, AS-11).
 */
describe("provisioned by the real Karpenter: the full load of prod on aws", () => {
    let plane: ControlPlane | undefined;

    after(async () => {
        await plane?.stop();
    });

    it("binds every pod of all services at their maximum, on 20 app nodes at most", async () => {
        const plan = await planOf({ stack: "prod", cloud: "aws" });
        const planned = onSimulatedCloud(plannedObjects(plan));
        const groups = nodePools(plan.resources);
        const zones = [...new Set(groups.flatMap((pool) => pool.zones))].sort();
        const cluster = await startSimulatedCluster(planned, groups);
        plane = cluster.plane;
        assert.equal(findingsText(cluster.refused), "");
        await startKarpenter(plane, zones, batchingOf(plan.resources));
        const watch = new NodeWatch(plane.client, poolLabels.app);
        await raiseToMaximum(plane.client);
        // Longer than Karpenter's batching window, so that pods pending afterwards stay pending.
        const { snapshot } = await settle(plane, { limitMs: 600_000, quietMs: 40_000 });
        const { nodes } = await watch.stop();
        const added = provisionedIn(snapshot).filter(({ labels }) => labels["workload"] === "app");
        const serving = withoutPlaceholders(snapshot);
        log(`${serving.pods.length} pods on ${nodes} app nodes, ${added.length} of them by Karpenter`);
        // Running pods are not moved, so pods from before the load keep their nodes.
        const placed = placementFindings(serving).filter(({ check }) => check !== "node skew");
        assert.equal(findingsText([...placed, ...nodePoolMismatches(snapshot, poolsOf(planned))]), "");
        assert.ok(nodes <= maxAppNodes && added.length > 0, `${nodes} app nodes`);
        assert.deepEqual([...new Set(added.map(({ zone }) => zone))].sort(), zones);
    });
});

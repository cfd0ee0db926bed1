import assert from "node:assert/strict";
import { readFileSync, readlinkSync } from "node:fs";

import { poolLabels, poolTaints } from "../../components/common/pools";
import { at, listAt, textAt, type Json, type JsonObject, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { log } from "./log";
import { planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { emptyNodes, lateNodeClaims, nodeClaimDelays, nodesWithRoom } from "./provisioning/checks";
import { nodePoolMismatches, provisionedIn, type NodePools } from "./provisioning/checks";
import { batchingOf, startKarpenter } from "./provisioning/karpenter";
import {
    changePool,
    isPlaceholder,
    onSimulatedCloud,
    poolsOf,
    withUnknownInstanceType,
} from "./provisioning/node-pools";
import { addLoad, createNamespace, podsOf, removeLoad } from "./provisioning/load";
import { eventMessages, logEntries, nodeClaims, NodeWatch, provisionedNodes } from "./provisioning/observed";
import { karpenterTimeout, failedSchedulingMessages } from "./provisioning/scheduling-events";
import { setMinReplicas } from "./scheduling/autoscale";
import { placementFindings, unplaced } from "./scheduling/checks";
import { prefers, tolerates } from "./scheduling/fits";
import { nodePools } from "./scheduling/pools";
import { startSimulatedCluster, type SimulatedCluster } from "./scheduling/simulated-cluster";
import { settle } from "./scheduling/settle";
import { takeSnapshot, type Snapshot } from "./scheduling/snapshot";

/** Nodes of the app pool: the managed node group's size, and the maximum including Karpenter's nodes. */
const app = { managed: 6, max: 20 };

/** Pools of fixed size, whose pods run on no other nodes. */
const fixed = ["database", "cache", "payment"] as const;

/** Selects Karpenter's nodes of the app pool instead of the managed node group's. */
const onProvisionedNodes = { nodeSelector: { "karpenter.sh/nodepool": "app" } };

/**
 * The real Karpenter with the plan's configuration creates nodes for pending pods, stays within its limits and removes
 * empty nodes. Rows CL-03, CL-07, CL-09, CL-11, CL-12. The tests depend on each other: the load rises, then falls.
 */
describe("provisioned by the real Karpenter: prod on aws", () => {
    let cluster: SimulatedCluster;
    let plane: ControlPlane;
    let pools: NodePools;
    let zones: readonly string[];
    let underLoad: Snapshot;
    let karpenter: number;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        const plan = await planOf({ stack: "prod", cloud: "aws" });
        const planned = onSimulatedCloud(plannedObjects(plan)).filter(({ object }) => !isPlaceholder(object));
        pools = poolsOf(planned);
        const groups = nodePools(plan.resources);
        zones = [...new Set(groups.flatMap((pool) => pool.zones))].sort();
        cluster = await startSimulatedCluster(planned, groups, { definitions: "all" });
        plane = cluster.plane;
        stop = () => plane.stop();
        karpenter = await startKarpenter(plane, zones, batchingOf(plan.resources));
        await createNamespace(plane.client);
    });

    afterEach(function () {
        if (this.currentTest?.state === "failed") {
            log(plane.tail("karpenter", 30));
        }
    });

    after(async () => {
        await stop();
    });

    it("runs Karpenter in a network namespace with only a loopback interface", () => {
        assert.notEqual(readlinkSync(`/proc/${karpenter}/ns/net`), readlinkSync("/proc/self/ns/net"));
        const devices = readFileSync(`/proc/${karpenter}/net/dev`, "utf8").match(/^ *\w+(?=:)/gm) ?? [];
        assert.deepEqual(
            devices.map((name) => name.trim()),
            ["lo"],
        );
    });

    it("creates no node for pods of a fixed-size pool, or when no instance type matches", async () => {
        const { client } = plane;
        assert.equal(findingsText(cluster.refused), "");
        assert.deepEqual([...pools.keys()].sort(), ["app", "spot"]);
        assert.equal((await client.apply(withUnknownInstanceType(pool("app")))).status, 201);
        await addLoad(client, "unknown", 1, "1", { nodeSelector: { workload: "unknown" } });
        for (const name of fixed) {
            const taint = poolTaints[name] ?? assert.fail();
            // More pods than their pool can hold, each small enough for an app node.
            await addLoad(client, name, 10, "3500m", {
                nodeSelector: { ...poolLabels[name] },
                tolerations: [{ ...taint, operator: "Equal" }],
            });
        }
        for (const name of [...fixed, "unknown"]) {
            const messages = await failedSchedulingMessages(plane, name);
            // A reason for the spot pool, then one for the app pool.
            const reason =
                /^Failed to schedule pod, did not tolerate taint \(taint=workload=spot:NoSchedule\); incompatible/;
            assert.deepEqual(
                messages.filter((one) => !reason.test(one)),
                [],
            );
        }
        const skipped = await eventMessages(client, "NoCompatibleInstanceTypes");
        assert.deepEqual([...skipped.keys()], ["unknown"]);
        assert.deepEqual(await nodeClaims(client), []);
        await client.must({ method: "DELETE", path: "/apis/karpenter.sh/v1/nodepools/unknown" });
        for (const name of [...fixed, "unknown"]) {
            await removeLoad(client, name);
        }
    });

    it("creates matching nodes within 30 s for pending pods, and every pod is bound", async () => {
        const { client } = plane;
        await setMinReplicas(client, ({ min, max }) => Math.ceil((min + max) / 2));
        // Longer than Karpenter's batching window, so that pods pending afterwards stay pending.
        underLoad = (await settle(plane, { quietMs: 40_000 })).snapshot;
        // Running pods are not moved, so pods from before the load keep their nodes.
        const placed = placementFindings(underLoad).filter(({ check }) => check !== "node skew");
        assert.equal(findingsText([...placed, ...nodePoolMismatches(underLoad, pools)]), "");
        const delays = nodeClaimDelays(await nodeClaims(client), await client.list("/api/v1/pods"));
        assert.notEqual(delays.size, 0);
        assert.equal(findingsText(lateNodeClaims(delays, 30)), "");
        const added = provisionedIn(underLoad).filter(({ labels }) => labels["workload"] === "app");
        assert.deepEqual([...new Set(added.map(({ zone }) => zone))].sort(), zones);
        log(
            `${underLoad.pods.length} pods with replicas halfway between minimum and maximum: ${added.length} app nodes and ` +
                `${provisionedIn(underLoad).length - added.length} spot nodes, requested at most ${Math.max(...delays.values())} s after the first pod`,
        );
    });

    it("runs only pods that prefer spot nodes on spot nodes, and no pods of fixed pools on Karpenter's nodes", () => {
        const onKarpenterNodes = underLoad.pods.filter(({ node }) =>
            provisionedIn(underLoad).some(({ name }) => name === node),
        );
        const onSpot = onKarpenterNodes.filter(({ node }) => poolOf(underLoad, node) === "spot");
        // Karpenter created spot nodes. An app node may have room before one of them joins, so any of these pods may be there.
        assert.ok(provisionedIn(underLoad).some(({ labels }) => labels["workload"] === "spot"));
        const preferringSpot = underLoad.pods.filter(({ spec }) => prefers(spec, poolLabels.spot));
        assert.deepEqual(workloads(preferringSpot), ["frontend/Deployment/admin", "services/Deployment/notification"]);
        assert.deepEqual(workloads(onSpot.filter((pod) => !preferringSpot.includes(pod))), []);
        const taints = fixed.map((name): Json => ({ ...(poolTaints[name] ?? assert.fail()) }));
        const isReserved = (one: Json): boolean => taints.some((taint) => tolerates(one, taint));
        const reserved = onKarpenterNodes.filter(({ spec }) => listAt(spec, "tolerations").some(isReserved));
        assert.deepEqual(workloads(reserved), []);
    });

    it("stops at 20 app nodes while pods are pending, and reports the limit", async () => {
        const { client } = plane;
        const watch = new NodeWatch(client, poolLabels.app);
        const remaining = app.max - app.managed - (await provisionedNodes(client, "app")).length;
        // A pod may have been bound elsewhere before the node that was created for it joined.
        const fits = remaining + nodesWithRoom(await takeSnapshot(client), "app", 3.5).length;
        // One pod per node and three more. Not on managed nodes, where preempting a placeholder could make room.
        await addLoad(client, "surge", fits + 3, "3500m", onProvisionedNodes);
        await eventually(
            "the maximum number of nodes",
            async () => {
                plane.check();
                return (await podsOf(client, "surge", "pending")).length === 3 ? true : undefined;
            },
            karpenterTimeout,
        );
        // A further pod makes Karpenter evaluate all pending pods again, with the new nodes counted. Four stay pending; which
        // ones, the scheduler decides.
        await addLoad(client, "late", 1, "3500m", onProvisionedNodes);
        const messages = await failedSchedulingMessages(plane, "late", "surge");
        const reason = "all available instance types exceed limits for nodepool (NodePool=app)";
        assert.deepEqual(
            messages.map((one) => one.endsWith(reason)),
            [true, true, true, true],
            messages.join("\n"),
        );
        assert.equal((await provisionedNodes(client, "app")).length, app.max - app.managed);
        assert.equal((await watch.stop()).nodes, app.max);
    });

    it("creates a node for each pending pod after the limit is removed", async () => {
        const { client } = plane;
        await changePool(client, "app", { limits: null });
        await eventually(
            "a node for each pending pod",
            async () => {
                plane.check();
                const pending = [await podsOf(client, "surge", "pending"), await podsOf(client, "late", "pending")];
                return pending.flat().length === 0 ? true : undefined;
            },
            karpenterTimeout,
        );
        assert.equal((await provisionedNodes(client, "app")).length, app.max - app.managed + 4);
    });

    it("removes empty nodes one at a time", async () => {
        const { client } = plane;
        const before = (await provisionedNodes(client, "app")).length;
        const watch = new NodeWatch(client, poolLabels.app);
        await removeLoad(client, "surge");
        await removeLoad(client, "late");
        await eventually("several empty nodes", async () =>
            emptyNodes(await takeSnapshot(client), "app").length > 3 ? true : undefined,
        );
        // Instead of the plan's 5 minutes; the decision is the same.
        await changePool(client, "app", { disruption: { consolidateAfter: "1s" } });
        await eventually(
            "the removal of one node",
            async () => {
                plane.check();
                return (await provisionedNodes(client, "app")).length < before ? true : undefined;
            },
            karpenterTimeout,
        );
        const ofApp = (one: JsonObject): boolean => /nodepools=\[app\]/.test(textAt(one, "command") ?? "");
        const [decision, ...others] = logEntries(plane, "disrupting node(s)").filter(ofApp);
        assert.deepEqual(others, []);
        assert.match(textAt(decision, "command") ?? "", /^Empty\/.*: delete: /);
        // The other empty nodes stay until this one is removed.
        assert.deepEqual(
            [at(decision, "disrupted-node-count"), at(decision, "pod-count"), (await watch.stop()).disrupted],
            [1, 0, 1],
        );
        assert.equal((await provisionedNodes(client, "app")).length, before - 1);
        // The shop's pods are unaffected.
        assert.equal(findingsText(unplaced(await takeSnapshot(client))), "");
    });

    function pool(name: string): KubeObject {
        return pools.get(name) ?? assert.fail(`the plan has no NodePool ${name}`);
    }
});

function workloads(pods: Snapshot["pods"]): string[] {
    return [...new Set(pods.map(({ workload }) => workload))].sort();
}

function poolOf({ nodes }: Snapshot, name: string | undefined): string | undefined {
    return nodes.find((node) => node.name === name)?.labels["workload"];
}

import assert from "node:assert/strict";

import type { JsonObject } from "./control-plane/json";
import {
    unselectedTaintedNodes,
    onlyInZone,
    nodeSkew,
    outsideToleratedPool,
    missingDaemonPods,
    unplaced,
    zoneSkew,
} from "./scheduling/checks";
import type { NodeView, PodView, Snapshot } from "./scheduling/snapshot";
import { afterZoneLoss } from "./scheduling/zone-loss";

const taint = { key: "pool", value: "special", effect: "NoSchedule" };
const tolerations = [{ key: "pool", operator: "Equal", value: "special", effect: "NoSchedule" }];
const selectsPool: JsonObject = { nodeSelector: { pool: "special" } };

function node(name: string, zone: string, special = false): NodeView {
    return {
        name,
        zone,
        pool: special ? "special" : "common",
        labels: special ? { pool: "special" } : {},
        taints: special ? [taint] : [],
        cpu: 4,
        memory: 1,
    };
}

function pod(name: string, on: string | undefined, spec: JsonObject = {}, workload = "ns/Deployment/web"): PodView {
    return {
        namespace: "ns",
        name,
        workload,
        owner: "",
        node: on,
        ready: on !== undefined,
        unschedulable: on === undefined ? "0/3 nodes are available: 3 Insufficient cpu." : "",
        spec,
        labels: {},
        volumeZones: [],
    };
}

const nodes = [node("a1", "a"), node("a2", "a"), node("b1", "b"), node("c1", "c"), node("s1", "a", true)];

/** A snapshot without budgets, on the nodes above. */
function onNodes(pods: readonly PodView[]): Snapshot {
    return { nodes, pods, budgets: [] };
}

function checks(findings: readonly { check: string }[]): string[] {
    return findings.map(({ check }) => check);
}

/** Each placement check on hand-written snapshots: reports its fault, and nothing without it. */
describe("placement checks", () => {
    const even: Snapshot = onNodes([pod("1", "a1"), pod("2", "b1"), pod("3", "c1")]);

    it("unplaced: reports pods without a node, on a missing node, or not Ready", () => {
        assert.deepEqual(unplaced(even), []);
        const waiting = { ...pod("4", "a1"), ready: false };
        const onMissingNode = pod("5", "gone");
        const findings = unplaced(onNodes([pod("4", undefined), waiting, onMissingNode]));
        assert.deepEqual(checks(findings), ["unplaced", "unplaced", "unplaced"]);
    });

    it("zone skew: counts eligible zones, including those without a replica", () => {
        assert.deepEqual(zoneSkew(even), []);
        assert.deepEqual(checks(zoneSkew(onNodes([pod("1", "a1"), pod("2", "a2")]))), ["zone skew"]);
        // Only one zone has eligible nodes.
        const only = { tolerations, ...selectsPool };
        assert.deepEqual(zoneSkew(onNodes([pod("1", "s1", only), pod("2", "s1", only)])), []);
    });

    it("node skew: reports more replicas on a node than an even spread gives", () => {
        assert.deepEqual(nodeSkew(even), []);
        assert.deepEqual(checks(nodeSkew(onNodes([pod("1", "a1"), pod("2", "a1")]))), ["node skew"]);
        // Placeholders serve no traffic, so two on one node are no availability risk.
        const idle = { priority: -10 };
        assert.deepEqual(nodeSkew(onNodes([pod("1", "a1", idle), pod("2", "a1", idle)])), []);
        const five = ["a1", "a2", "b1", "c1", "c1"].map((on, index) => pod(String(index), on));
        assert.deepEqual(nodeSkew(onNodes(five)), []);
    });

    it("unselected tainted node: reports a pod that tolerates the taint and also fits an untainted node", () => {
        assert.deepEqual(unselectedTaintedNodes(onNodes([pod("1", "s1", { tolerations, ...selectsPool })])), []);
        assert.deepEqual(checks(unselectedTaintedNodes(onNodes([pod("1", "s1", { tolerations })]))), [
            "unselected tainted node",
        ]);
    });

    it("outside tolerated pool: reports a pod that tolerates a pool's taint and runs elsewhere", () => {
        assert.deepEqual(outsideToleratedPool(onNodes([pod("1", "s1", { tolerations })])), []);
        assert.deepEqual(checks(outsideToleratedPool(onNodes([pod("1", "a1", { tolerations })]))), [
            "outside tolerated pool",
        ]);
        // A toleration of every taint names no pool.
        assert.deepEqual(
            outsideToleratedPool(onNodes([pod("1", "a1", { tolerations: [{ operator: "Exists" }] })])),
            [],
        );
    });

    it("missing daemon pod: reports a node without a pod of the DaemonSet", () => {
        const on = (names: readonly string[]): Snapshot =>
            onNodes(names.map((name) => pod(name, name, {}, "ns/DaemonSet/agent")));
        assert.deepEqual(missingDaemonPods(on(nodes.map(({ name }) => name))), []);
        assert.deepEqual(checks(missingDaemonPods(on(["a1", "a2", "b1", "c1"]))), ["missing daemon pod"]);
    });

    it("only in one zone: reports a workload whose replicas are all in the zone", () => {
        assert.deepEqual(onlyInZone("a", even), []);
        assert.deepEqual(checks(onlyInZone("a", onNodes([pod("1", "a1"), pod("2", "a2")]))), ["only in one zone"]);
        assert.deepEqual(
            onlyInZone("a", onNodes([pod("1", "a1")])),
            [],
            "a single replica has no availability promise",
        );
    });

    it("after a zone loss: reports workloads without a Ready pod, and pods pending for another reason than capacity", () => {
        const rest: Snapshot = onNodes([pod("2", "b1"), pod("4", undefined), pod("3", "c1")]);
        assert.deepEqual(afterZoneLoss(even, rest), []);
        assert.deepEqual(checks(afterZoneLoss(even, onNodes([pod("4", undefined)]))), ["down after a zone loss"]);
        const stuck = { ...pod("4", undefined), unschedulable: "1 node(s) had untolerated taint(s)" };
        assert.deepEqual(checks(afterZoneLoss(even, onNodes([...rest.pods, stuck]))), ["unplaced"]);
    });

    it("after a zone loss: a pod waits for the zone of its volume, and for no other", () => {
        const stuck = {
            ...pod("4", undefined),
            unschedulable: "1 node(s) didn't match PersistentVolume's node affinity",
        };
        const after = (zone: string) => onNodes([...even.pods, { ...stuck, volumeZones: [zone] }]);
        assert.deepEqual(afterZoneLoss(even, after("lost")), []);
        assert.deepEqual(checks(afterZoneLoss(even, after("c"))), ["unplaced"]);
    });

    it("after a zone loss: reports pods of one budget that are all gone, and no placeholders", () => {
        const member = (name: string, on: string | undefined, labels: Readonly<Record<string, string>>): PodView => ({
            ...pod(name, on, {}, `ns/StatefulSet/${name}`),
            labels,
            volumeZones: [on === undefined ? "lost" : "b"],
        });
        const budgets = [{ namespace: "ns", name: "shard", selector: { matchLabels: { shard: "0" } } }];
        const shard = (master: string | undefined, replica: string | undefined): Snapshot => ({
            nodes,
            budgets,
            pods: [member("a", master, { shard: "0" }), member("b", replica, { shard: "0" }), member("c", "b1", {})],
        });
        assert.deepEqual(afterZoneLoss(shard("a1", "b1"), shard(undefined, "b1")), []);
        assert.deepEqual(afterZoneLoss(shard("a1", "b1"), shard(undefined, undefined)), [
            {
                check: "down after a zone loss",
                where: "ns/PodDisruptionBudget/shard",
                message: "none of 2 replicas is Ready",
            },
        ]);
        const idle = (on: string | undefined) => onNodes(["1", "2"].map((name) => pod(name, on, { priority: -10 })));
        assert.deepEqual(afterZoneLoss(idle("a1"), idle(undefined)), []);
    });
});

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
    };
}

const nodes = [node("a1", "a"), node("a2", "a"), node("b1", "b"), node("c1", "c"), node("s1", "a", true)];

function checks(findings: readonly { check: string }[]): string[] {
    return findings.map(({ check }) => check);
}

/** Each placement check on hand-written snapshots: reports its fault, and nothing without it. */
describe("placement checks", () => {
    const even: Snapshot = { nodes, pods: [pod("1", "a1"), pod("2", "b1"), pod("3", "c1")] };

    it("unplaced: reports pods without a node, on a missing node, or not Ready", () => {
        assert.deepEqual(unplaced(even), []);
        const waiting = { ...pod("4", "a1"), ready: false };
        const onMissingNode = pod("5", "gone");
        const findings = unplaced({ nodes, pods: [pod("4", undefined), waiting, onMissingNode] });
        assert.deepEqual(checks(findings), ["unplaced", "unplaced", "unplaced"]);
    });

    it("zone skew: counts eligible zones, including those without a replica", () => {
        assert.deepEqual(zoneSkew(even), []);
        assert.deepEqual(checks(zoneSkew({ nodes, pods: [pod("1", "a1"), pod("2", "a2")] })), ["zone skew"]);
        // Only one zone has eligible nodes.
        const only = { tolerations, ...selectsPool };
        assert.deepEqual(zoneSkew({ nodes, pods: [pod("1", "s1", only), pod("2", "s1", only)] }), []);
    });

    it("node skew: reports more replicas on a node than an even spread gives", () => {
        assert.deepEqual(nodeSkew(even), []);
        assert.deepEqual(checks(nodeSkew({ nodes, pods: [pod("1", "a1"), pod("2", "a1")] })), ["node skew"]);
        // Placeholders serve no traffic, so two on one node are no availability risk.
        const idle = { priority: -10 };
        assert.deepEqual(nodeSkew({ nodes, pods: [pod("1", "a1", idle), pod("2", "a1", idle)] }), []);
        const five = ["a1", "a2", "b1", "c1", "c1"].map((on, index) => pod(String(index), on));
        assert.deepEqual(nodeSkew({ nodes, pods: five }), []);
    });

    it("unselected tainted node: reports a pod that tolerates the taint and also fits an untainted node", () => {
        assert.deepEqual(
            unselectedTaintedNodes({ nodes, pods: [pod("1", "s1", { tolerations, ...selectsPool })] }),
            [],
        );
        assert.deepEqual(checks(unselectedTaintedNodes({ nodes, pods: [pod("1", "s1", { tolerations })] })), [
            "unselected tainted node",
        ]);
    });

    it("outside tolerated pool: reports a pod that tolerates a pool's taint and runs elsewhere", () => {
        assert.deepEqual(outsideToleratedPool({ nodes, pods: [pod("1", "s1", { tolerations })] }), []);
        assert.deepEqual(checks(outsideToleratedPool({ nodes, pods: [pod("1", "a1", { tolerations })] })), [
            "outside tolerated pool",
        ]);
        // A toleration of every taint names no pool.
        assert.deepEqual(
            outsideToleratedPool({ nodes, pods: [pod("1", "a1", { tolerations: [{ operator: "Exists" }] })] }),
            [],
        );
    });

    it("missing daemon pod: reports a node without a pod of the DaemonSet", () => {
        const on = (names: readonly string[]): Snapshot => ({
            nodes,
            pods: names.map((name) => pod(name, name, {}, "ns/DaemonSet/agent")),
        });
        assert.deepEqual(missingDaemonPods(on(nodes.map(({ name }) => name))), []);
        assert.deepEqual(checks(missingDaemonPods(on(["a1", "a2", "b1", "c1"]))), ["missing daemon pod"]);
    });

    it("only in one zone: reports a workload whose replicas are all in the zone", () => {
        assert.deepEqual(onlyInZone("a", even), []);
        assert.deepEqual(checks(onlyInZone("a", { nodes, pods: [pod("1", "a1"), pod("2", "a2")] })), [
            "only in one zone",
        ]);
        assert.deepEqual(
            onlyInZone("a", { nodes, pods: [pod("1", "a1")] }),
            [],
            "a single replica has no availability promise",
        );
    });

    it("after a zone loss: reports workloads without a Ready pod, and pods pending for another reason than capacity", () => {
        const rest: Snapshot = { nodes, pods: [pod("2", "b1"), pod("4", undefined), pod("3", "c1")] };
        assert.deepEqual(afterZoneLoss(even, rest), []);
        assert.deepEqual(checks(afterZoneLoss(even, { nodes, pods: [pod("4", undefined)] })), [
            "down after a zone loss",
        ]);
        const stuck = { ...pod("4", undefined), unschedulable: "1 node(s) had untolerated taint(s)" };
        assert.deepEqual(checks(afterZoneLoss(even, { nodes, pods: [...rest.pods, stuck] })), ["unplaced"]);
    });
});

import assert from "node:assert/strict";

import type { JsonObject } from "./control-plane/json";
import { intruders, lostWith, sharedNodes, strays, uncoveredNodes, unplaced, zoneSkew } from "./scheduling/checks";
import type { NodeView, PodView, Snapshot } from "./scheduling/snapshot";
import { afterZoneLoss } from "./scheduling/zone-loss";

const taint = { key: "pool", value: "special", effect: "NoSchedule" };
const tolerations = [{ key: "pool", operator: "Equal", value: "special", effect: "NoSchedule" }];
const asks: JsonObject = { nodeSelector: { pool: "special" } };

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

/** The checkers on hand-made clusters: each finds its fault, and is quiet without it. */
describe("checkers of placement", () => {
    const even: Snapshot = { nodes, pods: [pod("1", "a1"), pod("2", "b1"), pod("3", "c1")] };

    it("unplaced: no node, and not Ready", () => {
        assert.deepEqual(unplaced(even), []);
        const waiting = { ...pod("4", "a1"), ready: false };
        const ghost = pod("5", "gone");
        const findings = unplaced({ nodes, pods: [pod("4", undefined), waiting, ghost] });
        assert.deepEqual(checks(findings), ["unplaced", "unplaced", "unplaced"]);
    });

    it("zone skew: over zones open to the pods, also those that have none", () => {
        assert.deepEqual(zoneSkew(even), []);
        assert.deepEqual(checks(zoneSkew({ nodes, pods: [pod("1", "a1"), pod("2", "a2")] })), ["zone skew"]);
        // Two on the one node of a pool with one zone: there is nowhere else.
        const only = { tolerations, ...asks };
        assert.deepEqual(zoneSkew({ nodes, pods: [pod("1", "s1", only), pod("2", "s1", only)] }), []);
    });

    it("shared nodes: more than an even share, as far as nodes allow", () => {
        assert.deepEqual(sharedNodes(even), []);
        assert.deepEqual(checks(sharedNodes({ nodes, pods: [pod("1", "a1"), pod("2", "a1")] })), ["shared node"]);
        // Placeholders give way to all others: two of them on a node are no risk to anybody.
        const idle = { priority: -10 };
        assert.deepEqual(sharedNodes({ nodes, pods: [pod("1", "a1", idle), pod("2", "a1", idle)] }), []);
        const five = ["a1", "a2", "b1", "c1", "c1"].map((on, index) => pod(String(index), on));
        assert.deepEqual(sharedNodes({ nodes, pods: five }), []);
    });

    it("intruders: a guest on a tainted node that another node would take too", () => {
        assert.deepEqual(intruders({ nodes, pods: [pod("1", "s1", { tolerations, ...asks })] }), []);
        assert.deepEqual(checks(intruders({ nodes, pods: [pod("1", "s1", { tolerations })] })), ["intruder"]);
    });

    it("strays: let into a pool and running elsewhere", () => {
        assert.deepEqual(strays({ nodes, pods: [pod("1", "s1", { tolerations })] }), []);
        assert.deepEqual(checks(strays({ nodes, pods: [pod("1", "a1", { tolerations })] })), ["stray"]);
        // Who tolerates everything is no resident of any pool.
        assert.deepEqual(strays({ nodes, pods: [pod("1", "a1", { tolerations: [{ operator: "Exists" }] })] }), []);
    });

    it("uncovered nodes: a DaemonSet that skips one", () => {
        const on = (names: readonly string[]): Snapshot => ({
            nodes,
            pods: names.map((name) => pod(name, name, {}, "ns/DaemonSet/agent")),
        });
        assert.deepEqual(uncoveredNodes(on(nodes.map(({ name }) => name))), []);
        assert.deepEqual(checks(uncoveredNodes(on(["a1", "a2", "b1", "c1"]))), ["uncovered node"]);
    });

    it("lost with a zone: every replica in it", () => {
        assert.deepEqual(lostWith("a", even), []);
        assert.deepEqual(checks(lostWith("a", { nodes, pods: [pod("1", "a1"), pod("2", "a2")] })), [
            "lost with a zone",
        ]);
        assert.deepEqual(
            lostWith("a", { nodes, pods: [pod("1", "a1")] }),
            [],
            "one replica was never promised to stay",
        );
    });

    it("after a zone loss: nobody down, and nobody stuck for another reason than missing nodes", () => {
        const rest: Snapshot = { nodes, pods: [pod("2", "b1"), pod("4", undefined), pod("3", "c1")] };
        assert.deepEqual(afterZoneLoss(even, rest), []);
        assert.deepEqual(checks(afterZoneLoss(even, { nodes, pods: [pod("4", undefined)] })), [
            "down after a zone loss",
        ]);
        const stuck = { ...pod("4", undefined), unschedulable: "1 node(s) had untolerated taint(s)" };
        assert.deepEqual(checks(afterZoneLoss(even, { nodes, pods: [...rest.pods, stuck] })), ["unplaced"]);
    });
});

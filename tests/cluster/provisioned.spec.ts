import assert from "node:assert/strict";
import { readFileSync, readlinkSync } from "node:fs";

import { poolLabels, poolTaints } from "../../components/common/pools";
import { at, listAt, textAt, type Json, type JsonObject, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { note } from "./note";
import { planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { empty, lateOrders, made, notAsAsked, waits, type NodePools } from "./provisioning/checks";
import { batchingOf, startKarpenter } from "./provisioning/karpenter";
import { changePool, onSimulatedCloud, poolsOf, withoutMachines } from "./provisioning/node-pools";
import { addLoad, makeNamespace, podsOf, removeLoad } from "./provisioning/load";
import { complaints, logged, madeNodes, NodeWatch, orders } from "./provisioning/observed";
import { patience, wordsOnWaiting } from "./provisioning/words";
import { raiseTo } from "./scheduling/autoscale";
import { placementFindings, unplaced } from "./scheduling/checks";
import { prefers, tolerates } from "./scheduling/fits";
import { nodePools } from "./scheduling/pools";
import { setScene, type Scene } from "./scheduling/scene";
import { settle } from "./scheduling/settle";
import { takeSnapshot, type Snapshot } from "./scheduling/snapshot";

/** What the app pool may have over all: the managed group's floor, and what Karpenter may add to it. */
const app = { floor: 6, most: 20 };

/** Pools whose nodes are fixed in number; their pods wait for one of these and nothing else. */
const fixed = ["database", "cache", "payment"] as const;

/** What keeps a pod off the nodes of the floor, which are not Karpenter's. */
const onMadeNodes = { nodeSelector: { "karpenter.sh/nodepool": "app" } };

/**
 * Proves that the real Karpenter, told what the plan tells it, orders the nodes that pods wait for, keeps within its
 * bounds, and takes nodes away again. Rows CL-03, CL-07, CL-09, CL-11, CL-12. One load that rises and falls: each test
 * goes on where the one before it ended.
 */
describe("provisioned by the real Karpenter: prod on aws", () => {
    let scene: Scene;
    let plane: ControlPlane;
    let pools: NodePools;
    let zones: readonly string[];
    let half: Snapshot;
    let karpenter: number;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        const plan = await planOf({ stack: "prod", cloud: "aws" });
        const planned = onSimulatedCloud(plannedObjects(plan));
        pools = poolsOf(planned);
        const groups = nodePools(plan.resources);
        zones = [...new Set(groups.flatMap((pool) => pool.zones))].sort();
        scene = await setScene(planned, groups);
        plane = scene.plane;
        stop = () => plane.stop();
        karpenter = await startKarpenter(plane, zones, batchingOf(plan.resources));
        await makeNamespace(plane.client);
    });

    afterEach(function () {
        if (this.currentTest?.state === "failed") {
            note(plane.tail("karpenter", 30));
        }
    });

    after(async () => {
        await stop();
    });

    it("is reached by nobody: it listens in a network of its own, with nothing in it but a loopback interface", () => {
        assert.notEqual(readlinkSync(`/proc/${karpenter}/ns/net`), readlinkSync("/proc/self/ns/net"));
        const devices = readFileSync(`/proc/${karpenter}/net/dev`, "utf8").match(/^ *\w+(?=:)/gm) ?? [];
        assert.deepEqual(
            devices.map((name) => name.trim()),
            ["lo"],
        );
    });

    it("orders nothing for pods of a pool of fixed size, nor where no machine is of the kind asked for", async () => {
        const { client } = plane;
        assert.equal(findingsText(scene.refused), "");
        assert.deepEqual([...pools.keys()].sort(), ["app", "spot"]);
        assert.equal((await client.apply(withoutMachines(pool("app")))).status, 201);
        await addLoad(client, "unknown", 1, "1", { nodeSelector: { workload: "unknown" } });
        for (const name of fixed) {
            const taint = poolTaints[name] ?? assert.fail();
            // More than their nodes have room for, and each less than an app node has.
            await addLoad(client, name, 10, "3500m", {
                nodeSelector: { ...poolLabels[name] },
                tolerations: [{ ...taint, operator: "Equal" }],
            });
        }
        for (const name of [...fixed, "unknown"]) {
            const words = await wordsOnWaiting(plane, name);
            // The pool of spot nodes and the app pool, each with its own reason.
            const reason =
                /^Failed to schedule pod, did not tolerate taint \(taint=workload=spot:NoSchedule\); incompatible/;
            assert.deepEqual(
                words.filter((one) => !reason.test(one)),
                [],
            );
        }
        const skipped = await complaints(client, "NoCompatibleInstanceTypes");
        assert.deepEqual([...skipped.keys()], ["unknown"]);
        assert.deepEqual(await orders(client), []);
        await client.must({ method: "DELETE", path: "/apis/karpenter.sh/v1/nodepools/unknown" });
        for (const name of [...fixed, "unknown"]) {
            await removeLoad(client, name);
        }
    });

    it("orders nodes within 30 s for pods that find no room, each as its pool asks, and every pod is bound", async () => {
        const { client } = plane;
        await raiseTo(client, ({ min, max }) => Math.ceil((min + max) / 2));
        // Quiet for longer than pods may be gathered: what waits until then waits for good.
        half = (await settle(plane, { quietMs: 40_000 })).snapshot;
        // Pods of before the load stay where they are: nothing moves a running pod.
        const placed = placementFindings(half).filter(({ check }) => check !== "shared node");
        assert.equal(findingsText([...placed, ...notAsAsked(half, pools)]), "");
        const waited = waits(await orders(client), await client.list("/api/v1/pods"));
        assert.notEqual(waited.size, 0);
        assert.equal(findingsText(lateOrders(waited, 30)), "");
        const added = made(half).filter(({ labels }) => labels["workload"] === "app");
        assert.deepEqual([...new Set(added.map(({ zone }) => zone))].sort(), zones);
        note(
            `${half.pods.length} pods, half of the way to the most: ${added.length} app nodes and ` +
                `${made(half).length - added.length} spot nodes, ordered ${Math.max(...waited.values())} s after the first pod`,
        );
    });

    it("lets only pods that prefer spot nodes onto them, and card data and databases onto no node of its own", () => {
        const onMade = half.pods.filter(({ node }) => made(half).some(({ name }) => name === node));
        const guests = (asked: boolean): string[] =>
            workloads(onMade.filter(({ spec }) => prefers(spec, poolLabels.spot) === asked));
        const onSpot = onMade.filter(({ node }) => poolOf(half, node) === "spot");
        assert.deepEqual(workloads(onSpot), ["frontend/Deployment/admin", "services/Deployment/notification"]);
        assert.deepEqual(guests(true), workloads(onSpot));
        const taints = fixed.map((name): Json => ({ ...(poolTaints[name] ?? assert.fail()) }));
        const reserved = onMade.filter(({ spec }) =>
            taints.some((taint) => listAt(spec, "tolerations").some((one) => tolerates(one, taint))),
        );
        assert.deepEqual(workloads(reserved), []);
    });

    it("goes to twenty app nodes and no further, however many pods wait, and says why", async () => {
        const { client } = plane;
        const watch = new NodeWatch(client, poolLabels.app);
        const room = app.most - app.floor - (await madeNodes(client, "app")).length;
        // A pod a node, and three pods too many. On made nodes only: a placeholder that gives way on a node of the floor
        // could make room for one of them.
        await addLoad(client, "surge", room + 3, "3500m", onMadeNodes);
        await eventually(
            "as many nodes as there may be",
            async () => {
                plane.check();
                return (await podsOf(client, "surge", "waiting")).length === 3 ? true : undefined;
            },
            patience,
        );
        // Karpenter looks at all pods anew, with the nodes of the first round in sight.
        await addLoad(client, "late", 1, "3500m", onMadeNodes);
        const words = [...(await wordsOnWaiting(plane, "late")), ...(await wordsOnWaiting(plane, "surge"))];
        const reason = "all available instance types exceed limits for nodepool (NodePool=app)";
        assert.deepEqual(
            words.map((one) => one.endsWith(reason)),
            [true, true, true, true],
            words.join("\n"),
        );
        assert.equal((await madeNodes(client, "app")).length, app.most - app.floor);
        assert.equal((await watch.stop()).nodes, app.most);
    });

    it("goes further as soon as the limit is gone: nothing else held it back", async () => {
        const { client } = plane;
        await changePool(client, "app", { limits: null });
        await eventually(
            "a node for each pod that waited",
            async () => {
                plane.check();
                const waiting = [await podsOf(client, "surge", "waiting"), await podsOf(client, "late", "waiting")];
                return waiting.flat().length === 0 ? true : undefined;
            },
            patience,
        );
        assert.equal((await madeNodes(client, "app")).length, app.most - app.floor + 4);
    });

    it("takes empty nodes away, one at a time", async () => {
        const { client } = plane;
        const before = (await madeNodes(client, "app")).length;
        const watch = new NodeWatch(client, poolLabels.app);
        await removeLoad(client, "surge");
        await removeLoad(client, "late");
        await eventually("several empty nodes", async () =>
            empty(await takeSnapshot(client), "app").length > 3 ? true : undefined,
        );
        // The plan's five minutes would be five minutes of test; what is decided then is the same.
        await changePool(client, "app", { disruption: { consolidateAfter: "1s" } });
        await eventually(
            "one node less",
            async () => {
                plane.check();
                return (await madeNodes(client, "app")).length < before ? true : undefined;
            },
            patience,
        );
        const ofApp = (one: JsonObject): boolean => /nodepools=\[app\]/.test(textAt(one, "command") ?? "");
        const [decision, ...others] = logged(plane, "disrupting node(s)").filter(ofApp);
        assert.deepEqual(others, []);
        assert.match(textAt(decision, "command") ?? "", /^Empty\/.*: delete: /);
        // The others are as empty, and stay until this one is gone.
        assert.deepEqual(
            [at(decision, "disrupted-node-count"), at(decision, "pod-count"), (await watch.stop()).leaving],
            [1, 0, 1],
        );
        assert.equal((await madeNodes(client, "app")).length, before - 1);
        // The shop itself noticed nothing.
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

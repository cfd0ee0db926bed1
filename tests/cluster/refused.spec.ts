import assert from "node:assert/strict";

import { admit } from "./admission/admit";
import { startControlPlane } from "./control-plane/baked";
import { messageOf, type Answer } from "./control-plane/client";
import { at, isObject, listAt, textAt, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { note } from "./note";
import { cases, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import * as bases from "./refusals/bases";
import { customFixtures } from "./refusals/custom";
import { fieldFixtures } from "./refusals/fields";
import { flawed, type Fixture } from "./refusals/fixture";
import { objectFixtures } from "./refusals/objects";
import { podFixtures } from "./refusals/pods";
import { workloadFixtures } from "./refusals/workloads";
import { nodesOf, addNodes } from "./scheduling/nodes";
import { nodePools } from "./scheduling/pools";

/**
 * Proves that the API server under these tests refuses, and why: without this, "nothing was refused" says little.
 * Each object goes in without its flaw first. Proof code A; rows SC-01, SC-02, SC-04, AS-10, AS-11, CL-20.
 */
describe("refused by a real API server", () => {
    let plane: ControlPlane;
    let stop = (): Promise<void> => Promise.resolve();
    /** Namespaces of the plan, and what bounds them. */
    let namespaces: readonly string[];
    let quotas: readonly KubeObject[];

    before(async () => {
        plane = await startControlPlane({}, note);
        stop = () => plane.stop();
        // Any stack will do for namespaces and quotas: the strictest one is the last word.
        const plan = await planOf(cases().find(({ stack }) => stack === "prod") ?? { stack: "dev", cloud: "gcp" });
        const surroundings = plannedObjects(plan).filter(({ object }) => at(object, "spec", "template") === undefined);
        assert.equal(findingsText(await admit(plane.client, surroundings)), "");
        const objects = surroundings.map(({ object }) => object);
        namespaces = objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name);
        quotas = objects.filter(({ kind }) => kind === "ResourceQuota");
        const own: KubeObject = {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name: bases.scratch, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
        };
        await must(own);
        await addNodes(plane.client, nodesOf({ ...laptop(), name: "fixture" }, 1));
        await eventually("a service account in every namespace and the quotas' first count", async () => {
            for (const namespace of [bases.scratch, ...namespaces]) {
                await plane.client.must({
                    method: "GET",
                    path: `/api/v1/namespaces/${namespace}/serviceaccounts/default`,
                });
            }
            const counted = await plane.client.list("/api/v1/resourcequotas");
            return counted.every((quota) => isObject(at(quota, "status", "hard"))) ? true : undefined;
        });
    });

    after(async () => {
        await stop();
    });

    async function must(object: KubeObject): Promise<void> {
        const { status, body } = await plane.client.apply(object);
        assert.ok(status < 300, `${object.kind} ${object.metadata.name}: ${status} ${messageOf(body)}`);
    }

    async function isRefused(fixture: Fixture): Promise<void> {
        const { base, live = false, because } = fixture;
        const good = await plane.client.apply(base, { dryRun: !live });
        assert.ok(good.status < 300, `the object without its flaw is refused too: ${messageOf(good.body)}`);
        refusal(await plane.client.apply(flawed(fixture)), because);
    }

    function refusal({ status, body }: Answer, because: RegExp, expected?: number): void {
        assert.ok(status >= 400, `admitted with ${status}`);
        assert.match(messageOf(body), because);
        assert.equal(status, expected ?? status);
    }

    describe("pods that Pod Security refuses", () => {
        // The plan's namespaces are known only once it is made; the titles are the same for each.
        for (const { title } of podFixtures("any")) {
            it(`in every namespace of ours: ${title}`, async () => {
                assert.notEqual(namespaces.length, 0, "the plan has no namespace");
                for (const namespace of namespaces) {
                    await isRefused(podFixtures(namespace).find((fixture) => fixture.title === title) ?? assert.fail());
                }
            });
        }
    });

    for (const [group, fixtures] of Object.entries({
        "workloads that validation refuses": workloadFixtures,
        "objects that validation refuses": objectFixtures,
        "fields that nobody knows": fieldFixtures,
        "custom resources that their definitions refuse": customFixtures,
    })) {
        describe(group, () => {
            for (const fixture of fixtures) {
                it(fixture.title, () => isRefused(fixture));
            }
        });
    }

    describe("what more there is", () => {
        it("a field given twice", async () => {
            const raw = JSON.stringify(bases.deployment).replace('"replicas":1', '"replicas":1,"replicas":2');
            refusal(
                await plane.client.apply(bases.deployment, { raw }),
                /"replicas" already (?:set|defined)|duplicate/i,
            );
        });

        it("pods over a quota of the plan", async () => {
            const [quota] = quotas.filter((entry) => at(entry, "spec", "hard", "limits.cpu") !== undefined);
            const namespace = textAt(quota, "metadata", "namespace") ?? assert.fail("the plan has no quota on CPU");
            const because = new RegExp(`exceeded quota: ${quota?.metadata.name ?? ""}, requested: .*limits.cpu=1k`);
            await isRefused({
                title: "",
                base: bases.pod(namespace),
                set: { "spec.containers[0].resources.limits.cpu": "1000" },
                because,
            });
        });

        for (const type of ["LoadBalancer", "NodePort"]) {
            it(`a ${type} Service where the plan's quota has none`, async () => {
                const resource = type === "LoadBalancer" ? "services.loadbalancers" : "services.nodeports";
                const closed = quotas.filter((entry) => textAt(entry, "spec", "hard", resource) === "0");
                assert.notEqual(closed.length, 0, `no quota of the plan closes ${resource}`);
                for (const quota of closed) {
                    const base = bases.service(textAt(quota, "metadata", "namespace"));
                    await isRefused({ title: "", base, set: { "spec.type": type }, because: /exceeded quota/ });
                }
            });
        }

        it("containers over a LimitRange", async () => {
            await must(bases.limitRange);
            const because = /maximum cpu usage per Container is 1, but limit is 2/;
            // The plugin's view is a watch behind.
            await eventually("the LimitRange in force", async () => {
                await isRefused({
                    title: "",
                    base: bases.pod(),
                    set: { "spec.containers[0].resources.limits.cpu": "2" },
                    because,
                });
                return true;
            });
        });

        it("what a ValidatingAdmissionPolicy denies", async () => {
            await must(bases.admissionPolicy);
            await must(bases.admissionBinding);
            const base = {
                ...bases.configMap,
                metadata: { ...bases.configMap.metadata, name: "judged" },
                immutable: false,
            };
            await eventually("the policy in force", async () => {
                await isRefused({
                    title: "",
                    base,
                    set: { "data.forbidden": "x" },
                    because: /denied request: forbidden is forbidden/,
                });
                return true;
            });
        });

        it("an eviction that a budget forbids", async () => {
            const names = { "metadata.name": "guarded" };
            const deployment = {
                "spec.selector.matchLabels.app": "guarded",
                "spec.template.metadata.labels.app": "guarded",
            };
            await must(flawed({ base: bases.deployment, set: { ...names, ...deployment } }));
            const budget = { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } };
            await must(flawed({ base: bases.budget, set: { ...names, spec: budget } }));
            const selector = { labelSelector: "app=guarded" };
            const pods = `/api/v1/namespaces/${bases.scratch}/pods`;
            const pod = await eventually("a Ready pod under a budget that has counted it", async () => {
                const [found] = await plane.client.list(pods, selector);
                const ready = listAt(found, "status", "conditions").some(
                    (one) => textAt(one, "type") === "Ready" && textAt(one, "status") === "True",
                );
                const path = `/apis/policy/v1/namespaces/${bases.scratch}/poddisruptionbudgets/guarded`;
                const { status } = await plane.client.must({ method: "GET", path });
                return ready && at(status, "currentHealthy") === 1 ? found : undefined;
            });
            const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod.metadata.name } };
            const path = `${pods}/${pod.metadata.name}/eviction`;
            refusal(await plane.client.call({ method: "POST", path, body }), /disruption budget/, 429);
        });

        it("a caller without credentials, and one with wrong ones", async () => {
            for (const token of [undefined, "wrong"]) {
                const stranger = plane.client.as(token);
                for (const path of ["/api/v1/namespaces", "/healthz", "/version", "/openapi/v2"]) {
                    refusal(await stranger.call({ method: "GET", path }), /Unauthorized/, 401);
                }
                stranger.close();
            }
        });

        it("a service account that nobody gave rights: secrets, nodes, pods", async () => {
            for (const namespace of namespaces) {
                const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default/token`;
                const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
                const { status } = await plane.client.must({ method: "POST", path, body });
                const account = plane.client.as(textAt(status, "token"));
                const who = `User "system:serviceaccount:${namespace}:default" cannot`;
                const inside = `/api/v1/namespaces/${namespace}`;
                refusal(
                    await account.call({ method: "GET", path: `${inside}/secrets` }),
                    new RegExp(`${who} list resource "secrets"`),
                    403,
                );
                refusal(
                    await account.call({ method: "GET", path: "/api/v1/nodes" }),
                    new RegExp(`${who} list resource "nodes"`),
                    403,
                );
                refusal(
                    await account.call({ method: "POST", path: `${inside}/pods`, body: bases.pod(namespace) }),
                    new RegExp(`${who} create resource "pods"`),
                    403,
                );
                account.close();
            }
        });
    });

    function laptop() {
        return nodePools([])[0] ?? assert.fail();
    }
});

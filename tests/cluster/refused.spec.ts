import assert from "node:assert/strict";

import { admit } from "./admission/admit";
import { startControlPlane } from "./control-plane/start-with-crds";
import { messageOf } from "./control-plane/client";
import { at, isObject, listAt, textAt, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { log } from "./log";
import { cases, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { assertRefused, withoutPods, withoutWorkloads } from "./refusals/assertions";
import * as bases from "./refusals/bases";
import { customFixtures } from "./refusals/custom";
import { fieldFixtures } from "./refusals/fields";
import { withChanges, type Fixture } from "./refusals/fixture";
import { objectFixtures } from "./refusals/objects";
import { podFixtures } from "./refusals/pods";
import { workloadFixtures } from "./refusals/workloads";
import { nodesOf, addNodes } from "./scheduling/nodes";
import { nodePools } from "./scheduling/pools";

/**
 * The API server of the suite refuses invalid objects with the expected message, so that an admitted plan is meaningful.
 * Each object is applied without the change first. Proof code A; rows SC-01, SC-02, SC-04, AS-10, AS-11, CL-20.
 */
describe("refused by a real API server", () => {
    let plane: ControlPlane;
    let stop = (): Promise<void> => Promise.resolve();
    /** The plan's namespaces and their quotas. */
    let namespaces: readonly string[];
    let quotas: readonly KubeObject[];

    before(async () => {
        plane = await startControlPlane({ definitions: "all" }, log);
        stop = () => plane.stop();
        // Production has the strictest quotas.
        const plan = await planOf(cases().find(({ stack }) => stack === "prod") ?? { stack: "dev", cloud: "gcp" });
        const others = withoutWorkloads(plannedObjects(plan));
        assert.equal(findingsText(await admit(plane.client, others)), "");
        const objects = others.map(({ object }) => object);
        namespaces = objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name);
        quotas = objects.filter(({ kind }) => kind === "ResourceQuota");
        const own: KubeObject = {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name: bases.testNamespace, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
        };
        await must(own);
        await addNodes(plane.client, nodesOf({ ...laptop(), name: "fixture" }, 1));
        await eventually("a service account in every namespace and the status of every quota", async () => {
            for (const namespace of [bases.testNamespace, ...namespaces]) {
                await plane.client.must({
                    method: "GET",
                    path: `/api/v1/namespaces/${namespace}/serviceaccounts/default`,
                });
            }
            const listed = await plane.client.list("/api/v1/resourcequotas");
            return listed.every((quota) => isObject(at(quota, "status", "hard"))) ? true : undefined;
        });
    });

    after(async () => {
        await stop();
    });

    async function must(object: KubeObject): Promise<void> {
        const { status, body } = await plane.client.apply(object);
        assert.ok(status < 300, `${object.kind} ${object.metadata.name}: ${status} ${messageOf(body)}`);
    }

    /** @param unchanged message that refuses the object without the change too. @default it is admitted */
    async function isRefused(fixture: Fixture, unchanged?: RegExp): Promise<void> {
        const { base, live = false, message } = fixture;
        const valid = await plane.client.apply(base, { dryRun: !live });
        if (unchanged === undefined) {
            assert.ok(valid.status < 300, `the object is refused without the change: ${messageOf(valid.body)}`);
        } else {
            assertRefused(valid, unchanged);
        }
        assertRefused(await plane.client.apply(withChanges(fixture)), message);
    }

    describe("pods that Pod Security refuses", () => {
        // The plan's namespaces are known only in before(); the titles do not depend on them.
        for (const { title } of podFixtures("any")) {
            it(`in every namespace of the plan: ${title}`, async () => {
                assert.notEqual(namespaces.length, 0, "the plan has no namespaces");
                for (const namespace of namespaces) {
                    const fixture = podFixtures(namespace).find((one) => one.title === title) ?? assert.fail();
                    // Pod Security is checked before quotas; without declared pods a namespace's quota admits none.
                    await isRefused(
                        fixture,
                        withoutPods(quotas).includes(namespace) ? /exceeded quota: .*pods=0/ : undefined,
                    );
                }
            });
        }
    });

    for (const [group, fixtures] of Object.entries({
        "workloads that validation refuses": workloadFixtures,
        "objects that validation refuses": objectFixtures,
        "fields that decoding refuses": fieldFixtures,
        "custom resources that their CustomResourceDefinitions refuse": customFixtures,
    })) {
        describe(group, () => {
            for (const fixture of fixtures) {
                it(fixture.title, () => isRefused(fixture));
            }
        });
    }

    describe("other refusals", () => {
        it("a duplicate field", async () => {
            const raw = JSON.stringify(bases.deployment).replace('"replicas":1', '"replicas":1,"replicas":2');
            assertRefused(
                await plane.client.apply(bases.deployment, { raw }),
                /"replicas" already (?:set|defined)|duplicate/i,
            );
        });

        it("pods that exceed a quota of the plan", async () => {
            const [quota] = quotas.filter((entry) => (textAt(entry, "spec", "hard", "limits.cpu") ?? "0") !== "0");
            const namespace = textAt(quota, "metadata", "namespace") ?? assert.fail("the plan has no quota on CPU");
            const message = new RegExp(`exceeded quota: ${quota?.metadata.name ?? ""}, requested: .*limits.cpu=1k`);
            await isRefused({
                title: "",
                base: bases.pod(namespace),
                set: { "spec.containers[0].resources.limits.cpu": "1000" },
                message,
            });
        });

        for (const type of ["LoadBalancer", "NodePort"]) {
            it(`a ${type} Service in a namespace whose quota allows none`, async () => {
                const resource = type === "LoadBalancer" ? "services.loadbalancers" : "services.nodeports";
                const forbidding = quotas.filter((entry) => textAt(entry, "spec", "hard", resource) === "0");
                assert.notEqual(forbidding.length, 0, `no quota of the plan forbids ${resource}`);
                for (const quota of forbidding) {
                    const base = bases.service(textAt(quota, "metadata", "namespace"));
                    await isRefused({ title: "", base, set: { "spec.type": type }, message: /exceeded quota/ });
                }
            });
        }

        it("containers that exceed a LimitRange", async () => {
            await must(bases.limitRange);
            const message = /maximum cpu usage per Container is 1, but limit is 2/;
            // The admission plugin reads LimitRanges from a watch cache.
            await eventually("the enforcement of the LimitRange", async () => {
                await isRefused({
                    title: "",
                    base: bases.pod(),
                    set: { "spec.containers[0].resources.limits.cpu": "2" },
                    message,
                });
                return true;
            });
        });

        it("an object that a ValidatingAdmissionPolicy denies", async () => {
            await must(bases.admissionPolicy);
            await must(bases.admissionBinding);
            const base = {
                ...bases.configMap,
                metadata: { ...bases.configMap.metadata, name: "judged" },
                immutable: false,
            };
            await eventually("the enforcement of the policy", async () => {
                await isRefused({
                    title: "",
                    base,
                    set: { "data.forbidden": "x" },
                    message: /denied request: forbidden is forbidden/,
                });
                return true;
            });
        });

        it("an eviction that a disruption budget forbids", async () => {
            const names = { "metadata.name": "guarded" };
            const deployment = {
                "spec.selector.matchLabels.app": "guarded",
                "spec.template.metadata.labels.app": "guarded",
            };
            await must(withChanges({ base: bases.deployment, set: { ...names, ...deployment } }));
            const budget = { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } };
            await must(withChanges({ base: bases.budget, set: { ...names, spec: budget } }));
            const selector = { labelSelector: "app=guarded" };
            const pods = `/api/v1/namespaces/${bases.testNamespace}/pods`;
            const pod = await eventually("a Ready pod and a disruption budget that counts it", async () => {
                const [found] = await plane.client.list(pods, selector);
                const ready = listAt(found, "status", "conditions").some(
                    (one) => textAt(one, "type") === "Ready" && textAt(one, "status") === "True",
                );
                const path = `/apis/policy/v1/namespaces/${bases.testNamespace}/poddisruptionbudgets/guarded`;
                const { status } = await plane.client.must({ method: "GET", path });
                return ready && at(status, "currentHealthy") === 1 ? found : undefined;
            });
            const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod.metadata.name } };
            const path = `${pods}/${pod.metadata.name}/eviction`;
            assertRefused(await plane.client.call({ method: "POST", path, body }), /disruption budget/, 429);
        });

        it("a caller without credentials or with invalid ones", async () => {
            for (const token of [undefined, "wrong"]) {
                const caller = plane.client.as(token);
                for (const path of ["/api/v1/namespaces", "/healthz", "/version", "/openapi/v2"]) {
                    assertRefused(await caller.call({ method: "GET", path }), /Unauthorized/, 401);
                }
                caller.close();
            }
        });

        it("a service account without grants: reading secrets and nodes, creating pods", async () => {
            for (const namespace of namespaces) {
                const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default/token`;
                const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
                const { status } = await plane.client.must({ method: "POST", path, body });
                const account = plane.client.as(textAt(status, "token"));
                const who = `User "system:serviceaccount:${namespace}:default" cannot`;
                const inside = `/api/v1/namespaces/${namespace}`;
                assertRefused(
                    await account.call({ method: "GET", path: `${inside}/secrets` }),
                    new RegExp(`${who} list resource "secrets"`),
                    403,
                );
                assertRefused(
                    await account.call({ method: "GET", path: "/api/v1/nodes" }),
                    new RegExp(`${who} list resource "nodes"`),
                    403,
                );
                assertRefused(
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

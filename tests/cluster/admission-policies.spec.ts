import assert from "node:assert/strict";

import { admit } from "./admission/admit";
import { enforcePolicies, lockedPlan, podOf } from "./admission/policies";
import { admittedPod, digest, image, objectRefusals, paymentRefusals, podRefusals } from "./admission/policy-fixtures";
import { messageOf, type Answer } from "./control-plane/client";
import { at, listAt, textAt, type JsonObject, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { startControlPlane } from "./control-plane/start-with-crds";
import { eventually } from "./control-plane/wait";
import { log } from "./log";
import { findingsText } from "./plan/finding";
import type { PlannedObject } from "./plan/objects";
import { restrictedContainer } from "./operators/common";
import { assertRefused } from "./refusals/assertions";
import { withChanges, type Fixture } from "./refusals/fixture";

/** A real API server refuses what Pod Security admits and the platform does not (SC-02, SC-03, SC-08, NW-10, AS-09). */
describe("admission policies on a real API server", () => {
    let plane: ControlPlane;
    let stop = (): Promise<void> => Promise.resolve();
    let planned: readonly PlannedObject[];
    let namespaces: readonly string[];
    /** Older than the policies, and against them. */
    const old = withChanges({
        base: admittedPod("services", "old"),
        set: { "spec.containers[0].securityContext.readOnlyRootFilesystem": false },
    });

    before(async () => {
        plane = await startControlPlane({ components: ["kube-controller-manager"] }, log);
        stop = () => plane.stop();
        planned = await lockedPlan();
        namespaces = await enforcePolicies(plane.client, planned, old);
    });

    after(async () => {
        await stop();
    });

    async function isRefused({ base, set, message }: Fixture): Promise<void> {
        const valid = await plane.client.apply(base, { dryRun: true });
        assert.ok(valid.status < 300, `the object is refused without the change: ${messageOf(valid.body)}`);
        assertRefused(await plane.client.apply(withChanges({ base, set }), { dryRun: true }), message, 403);
    }

    it("are ten, each with its binding", () => {
        const names = (kind: string) =>
            planned
                .filter(({ object }) => object.kind === kind)
                .map(({ object }) => object.metadata.name)
                .sort();
        const expected = [
            "admitted-images",
            "images-by-digest",
            "internal-services",
            "no-debugging-of-payment",
            "no-external-ips",
            "payment-nodes",
            "payment-pods",
            "pods-by-scheduler",
            "read-only-root-filesystem",
            "vertical-autoscalers-recommend",
        ].map((name) => `ecommerce-platform-${name}`);
        assert.deepEqual(names("ValidatingAdmissionPolicy"), expected);
        assert.deepEqual(names("ValidatingAdmissionPolicyBinding"), expected);
    });

    it("have no expression that the API server's type check warns of", async () => {
        const path = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
        const checked = await eventually("the type check of every policy", async () => {
            const found = await plane.client.list(path);
            return found.every((policy) => at(policy, "status", "observedGeneration") !== undefined)
                ? found
                : undefined;
        });
        assert.equal(checked.length, 10);
        const warnings = checked.flatMap((policy) =>
            listAt(policy, "status", "typeChecking", "expressionWarnings").map((one) => JSON.stringify(one)),
        );
        assert.deepEqual(warnings, []);
    });

    describe("refuse in every namespace but payment", () => {
        for (const { title } of podRefusals("any")) {
            it(title, async () => {
                for (const namespace of namespaces.filter((name) => name !== "payment")) {
                    await isRefused(podRefusals(namespace).find((one) => one.title === title) ?? assert.fail());
                }
            });
        }
    });

    describe("refuse", () => {
        for (const fixture of [...paymentRefusals, ...objectRefusals]) {
            it(fixture.title, () => isRefused(fixture));
        }
    });

    it("refuse the other pods in payment too", async () => {
        const ofPayment = ["a toleration for payment's nodes", "a toleration for every taint"];
        for (const fixture of podRefusals("payment").filter(({ title }) => !ofPayment.includes(title))) {
            await isRefused(fixture);
        }
    });

    it("leave namespaces that are not the platform's alone", async () => {
        for (const { base, set, title } of podRefusals("default")) {
            const { status, body } = await plane.client.apply(withChanges({ base, set }), { dryRun: true });
            assert.ok(status < 300, `${title}: ${messageOf(body)}`);
        }
    });

    describe("and requests that reach into a pod", () => {
        const request = (namespace: string, method: string, path: string): Promise<Answer> =>
            plane.client.call({ method, path: `/api/v1/namespaces/${namespace}/${path}` });
        const requests = {
            exec: ["POST", "pods/absent/exec?command=sh&stdout=true"],
            attach: ["POST", "pods/absent/attach?stdout=true"],
            "port forwarding": ["POST", "pods/absent/portforward?ports=8080"],
            "a pod's proxy": ["GET", "pods/absent/proxy/"],
            "a Service's proxy": ["GET", "services/absent/proxy/"],
        } as const;
        for (const [title, [method, path]] of Object.entries(requests)) {
            it(`refuse ${title} in payment, and nowhere else`, async () => {
                assertRefused(
                    await request("payment", method, path),
                    /no request reaches into a pod of namespace payment/,
                    403,
                );
                for (const namespace of namespaces.filter((name) => name !== "payment")) {
                    const { status, body } = await request(namespace, method, path);
                    assert.equal(status, 404, `${namespace}: ${messageOf(body)}`);
                }
            });
        }
    });

    describe("and changes of a pod", () => {
        const change = (pod: KubeObject, body: JsonObject, subresource = ""): Promise<Answer> =>
            plane.client.call({
                method: "PATCH",
                path: `/api/v1/namespaces/${textAt(pod, "metadata", "namespace") ?? ""}/pods/${pod.metadata.name}${subresource}`,
                body,
                contentType: "application/strategic-merge-patch+json",
                query: { dryRun: "All" },
            });
        const ephemeral = (own: JsonObject = {}): JsonObject => ({
            spec: {
                ephemeralContainers: [
                    {
                        name: "debug",
                        image,
                        securityContext: { ...restrictedContainer, readOnlyRootFilesystem: true },
                        ...own,
                    },
                ],
            },
        });
        const current = admittedPod("services", "current");
        const paying = admittedPod("payment", "current");

        before(async () => {
            for (const pod of [current, paying]) {
                const { status, body } = await plane.client.apply(pod);
                assert.ok(status < 300, messageOf(body));
            }
        });

        it("admit another label on a pod that is older than the policies", async () => {
            const { status, body } = await change(old, { metadata: { labels: { changed: "true" } } });
            assert.equal(status, 200, messageOf(body));
        });

        it("refuse another image of such a pod", async () => {
            const spec = { containers: [{ name: "main", image: `${image.slice(0, -1)}6` }] };
            assertRefused(await change(old, { spec }), /the root filesystem is writable in: main/, 403);
        });

        it("refuse a foreign image in a running pod", async () => {
            const spec = { containers: [{ name: "main", image: `docker.io/library/busybox@${digest}` }] };
            assertRefused(
                await change(current, { spec }),
                /not an image of the platform: docker.io\/library\/busybox/,
                403,
            );
        });

        it("refuse a toleration that is added to a running pod", async () => {
            const spec = { tolerations: [{ key: "pci", operator: "Exists" }] };
            assertRefused(await change(current, { spec }), /only pods of namespace payment may run/, 403);
        });

        it("hold a container for debugging to the same rules", async () => {
            const path = "/ephemeralcontainers";
            const { status, body } = await change(current, ephemeral(), path);
            assert.equal(status, 200, messageOf(body));
            const foreign = ephemeral({ image: `docker.io/library/busybox@${digest}` });
            assertRefused(await change(current, foreign, path), /not an image of the platform/, 403);
            const writable = ephemeral({ securityContext: restrictedContainer });
            assertRefused(await change(current, writable, path), /the root filesystem is writable in: debug/, 403);
        });

        it("refuse every container for debugging in payment", async () => {
            const answer = await change(paying, ephemeral(), "/ephemeralcontainers");
            assertRefused(answer, /no request reaches into a pod of namespace payment/, 403);
        });
    });

    // After the others: the plan's quotas admit no pod in some namespaces.
    describe("and the plan", () => {
        it("admit every pod, and no account has a shell in payment", async () => {
            assert.equal(findingsText(await admit(plane.client, planned)), "");
            const templates = planned.flatMap(({ object }) => podOf(object) ?? []);
            assert.ok(templates.length > 15, `${templates.length} pods`);
            for (const pod of templates) {
                const { status, body } = await plane.client.apply(pod, { dryRun: true });
                assert.ok(status < 300, `${pod.metadata.name}: ${messageOf(body)}`);
            }
            const accounts = planned.filter(({ object }) => object.kind === "ServiceAccount");
            assert.ok(accounts.length > 15, `${accounts.length} accounts`);
            for (const { object } of accounts) {
                const user = `system:serviceaccount:${textAt(object, "metadata", "namespace") ?? ""}:${object.metadata.name}`;
                const attributes = { namespace: "payment", verb: "create", resource: "pods", subresource: "exec" };
                const review = await plane.client.must({
                    method: "POST",
                    path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                    body: {
                        apiVersion: "authorization.k8s.io/v1",
                        kind: "SubjectAccessReview",
                        spec: { user, resourceAttributes: attributes },
                    },
                });
                assert.equal(at(review, "status", "allowed"), false, user);
            }
        });
    });
});

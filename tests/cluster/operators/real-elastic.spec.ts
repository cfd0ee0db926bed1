import assert from "node:assert/strict";

import { applyAgain } from "../admission/admit";
import { at, listAt, textAt, type Json, type KubeObject } from "../control-plane/json";
import type { ControlPlane } from "../control-plane/start";
import { eventually } from "../control-plane/wait";
import { log } from "../log";
import { findingsText } from "../plan/finding";
import { placementFindings } from "../scheduling/checks";
import { takeSnapshot } from "../scheduling/snapshot";
import { elasticsearch } from "./elasticsearch";
import { assertAsSimulated } from "./real/as-simulated";
import { assertOnlyLoopback, assertRestricted } from "./real/assertions";
import { createSearchSecrets, startEck } from "./real/eck";
import { judgeEveryStack, untilJudged } from "./real/judged";
import { byWorkload, countedResources, listed, readyEndpoints, runningPods } from "./real/pods";
import { refusedWhenChanged, refusedWhenCreated } from "./real/refused-by-eck";
import { assertDenied } from "./real/refusals";
import { assertSearchUsers } from "./real/search-users";
import { selectedBy } from "./real/selectors";
import { startSurroundings } from "./real/surroundings";
import { provideVolumes } from "./volumes";

const apiGroup = "elasticsearch.k8s.elastic.co";
const webhookOf = (): string => "elastic-es-validation-v1.k8s.elastic.co";
const nodes = ["search-es-default-0", "search-es-default-1", "search-es-default-2"];

/**
 * The real operator judges the plan's Elasticsearch and creates what it describes. Its pods run no Elasticsearch, so it
 * waits for an answer of theirs in the end. The tests depend on each other. Row SE-01.
 */
describe("the real ECK: prod on gcp", () => {
    let plane: ControlPlane;
    let operator: number;
    let resources: readonly KubeObject[];
    let planned: readonly KubeObject[];
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        const surroundings = await startSurroundings();
        ({ plane } = surroundings);
        stop = () => plane.stop();
        resources = surroundings.operated
            .map(({ object }) => object)
            .filter(({ apiVersion }) => apiVersion === `${apiGroup}/v1`);
        planned = surroundings.applied.map(({ object }) => object);
        await createSearchSecrets(plane.client);
        operator = await startEck(plane);
        await untilJudged(plane.client, search(), () => {
            plane.check();
        });
    });

    afterEach(function () {
        if (this.currentTest?.state === "failed") {
            log(plane.tail("eck", 30));
        }
    });

    after(async () => {
        await stop();
    });

    it("runs in a network namespace with only a loopback interface", () => {
        assertOnlyLoopback(operator);
    });

    it("admits the Elasticsearch of every stack without a warning", async () => {
        const judged = await judgeEveryStack(plane.client, apiGroup);
        assert.equal(findingsText(judged.findings), "");
        assert.deepEqual(judged.resources, {
            "dev on aws": "Elasticsearch search",
            "dev on gcp": "Elasticsearch search",
            "local on existing": "Elasticsearch search",
            "prod on aws": "Elasticsearch search",
            "prod on gcp": "Elasticsearch search",
            // Created when the stack is promoted (CL-18).
            "prod-dr on aws": "",
            "prod-dr on gcp": "",
            "staging on aws": "Elasticsearch search",
            "staging on gcp": "Elasticsearch search",
        });
    });

    for (const refusal of refusedWhenCreated) {
        it(`refuses ${refusal.title}`, () => assertDenied(plane.client, resources, webhookOf, refusal));
    }

    it("makes three ready pods with their volumes, and waits for an answer of theirs", async () => {
        assert.equal((await plane.client.apply(search())).status, 201);
        const status = await eventually(
            "ready pods of Elasticsearch",
            async () => {
                plane.check();
                await provideVolumes(plane.client);
                const ready = (await readyEndpoints(plane.client))["search-es-http"] ?? [];
                const found = at(await live(), "status");
                const reachable = conditionOf(found, "ElasticsearchIsReachable");
                return ready.length === nodes.length && reachable !== undefined ? found : undefined;
            },
            { everyMs: 300 },
        );
        assert.deepEqual(
            [textAt(status, "phase"), textAt(status, "health"), textAt(status, "version")],
            ["ApplyingChanges", "unknown", "9.4.3"],
        );
        // The first step that needs an answer: without DNS and without Elasticsearch nothing answers.
        assert.match(
            textAt(conditionOf(status, "ElasticsearchIsReachable"), "message") ?? "",
            /search-es-internal-http/,
        );
        assert.equal(textAt(conditionOf(status, "ElasticsearchIsReachable"), "status"), "False");
    });

    it("makes these pods, claims, Services, budgets and Secrets", async () => {
        const made = async (root: string, plural: string, kind: string) =>
            [...(await listed(plane.client, root, plural)).keys()].filter(
                (name) => !planned.some((one) => one.kind === kind && one.metadata.name === name),
            );
        // Endpoints and the operator's last objects come after the pods are ready.
        await eventually("what the operator makes", async () => {
            assert.deepEqual([...(await elasticPods()).keys()], nodes);
            const claims = await listed(plane.client, "/api/v1", "persistentvolumeclaims");
            assert.deepEqual(
                [...claims].map(([name, { spec }]) => [
                    name,
                    textAt(spec, "storageClassName"),
                    textAt(spec, "resources", "requests", "storage"),
                ]),
                nodes.map((name) => [`elasticsearch-data-${name}`, "fast-ssd", "100Gi"]),
            );
            const endpoints = Object.entries(await readyEndpoints(plane.client)).filter(([name]) =>
                name.startsWith("search"),
            );
            // The plan's endpoint of the store is the first; its certificate is valid for it and for the operator's.
            assert.deepEqual(Object.fromEntries(endpoints), {
                "search-es-http": nodes,
                "search-es-internal-http": nodes,
                "search-es-default": nodes,
                "search-es-transport": nodes,
            });
            assert.deepEqual(await made("/apis/policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"), [
                "search-es-default",
            ]);
            assert.deepEqual(
                (await made("/api/v1", "secrets", "Secret")).filter((name) => name.startsWith("search-es-")),
                [
                    "search-es-default-es-config",
                    "search-es-default-es-transport-certs",
                    "search-es-file-settings",
                    "search-es-http-ca-internal",
                    "search-es-http-certs-internal",
                    "search-es-http-certs-public",
                    "search-es-internal-users",
                    "search-es-remote-ca",
                    "search-es-transport-ca-internal",
                    "search-es-transport-certs-public",
                    "search-es-xpack-file-realm",
                ],
            );
            return true;
        });
    });

    it("serves the plan's certificate, and gives the nodes the plan's roles and users", async () => {
        const secrets = await listed(plane.client, "/api/v1", "secrets");
        const dataOf = (secret: string, key: string): string =>
            Buffer.from(textAt(secrets.get(secret), "data", key) ?? "", "base64").toString("utf8");
        assert.equal(dataOf("search-es-http-certs-internal", "tls.crt"), dataOf("search-http", "tls.crt"));
        // Without `encoding: PKCS8`, in which the operator cannot read an ECDSA key; see docs/traps.md.
        const certificate = planned.find(
            ({ kind, metadata }) => kind === "Certificate" && metadata.name === "search-http",
        );
        assert.deepEqual(at(certificate, "spec", "privateKey"), {
            algorithm: "ECDSA",
            size: 256,
            rotationPolicy: "Always",
        });
        assertSearchUsers((name) => dataOf("search-es-xpack-file-realm", name));
    });

    it("makes pods that the network policies of their declared groups select, and no others", async () => {
        const policies = byWorkload(await elasticPods(), (pod) =>
            selectedBy(planned, "NetworkPolicy", ["spec", "podSelector"], pod),
        );
        assert.deepEqual(
            policies,
            Object.fromEntries(nodes.map((name) => [name, [["allow-dns", "default-deny", "search-es"]]])),
        );
    });

    it("makes pods as the simulated operator of the other tests does", async () => {
        assertAsSimulated(elasticsearch.podsOf(search(), []), [...(await elasticPods()).values()]);
    });

    it("makes pods with the resources of their declared group, and the account of the bucket (BK-06)", async () => {
        const resourcesOfNode = { requests: "500m 4096Mi", limits: "2000m 4096Mi", account: "search-es" };
        assert.deepEqual(
            byWorkload(await elasticPods(), ({ spec }) => ({
                ...countedResources(spec),
                account: textAt(spec, "serviceAccountName"),
            })),
            Object.fromEntries(nodes.map((name) => [name, [resourcesOfNode]])),
        );
    });

    it("makes pods that may do nothing but their work, which Pod Security admitted", async () => {
        assertRestricted((await elasticPods()).values());
    });

    it("makes pods that are placed as the plan says, a node and a zone each", async () => {
        const snapshot = await takeSnapshot(plane.client);
        assert.equal(findingsText(placementFindings(snapshot)), "");
        const placed = snapshot.pods.filter(({ name }) => nodes.includes(name));
        const zones = placed.map(({ node }) => snapshot.nodes.find(({ name }) => name === node)?.zone);
        assert.deepEqual([new Set(placed.map(({ node }) => node)).size, new Set(zones).size], [3, 3]);
    });

    it("leaves the plan's fields as they are", async () => {
        const findings = await applyAgain(plane.client, [{ object: search(), urn: "", unknowns: [] }]);
        assert.equal(findingsText(findings), "");
    });

    for (const refusal of refusedWhenChanged) {
        it(`refuses ${refusal.title}`, () => assertDenied(plane.client, resources, webhookOf, refusal));
    }

    function search(): KubeObject {
        return resources[0] ?? assert.fail("the plan has no Elasticsearch");
    }

    async function live(): Promise<Json> {
        return plane.client.must({ method: "GET", path: (await plane.client.pathOf(search())) ?? "" });
    }

    async function elasticPods(): Promise<Map<string, KubeObject>> {
        return new Map([...(await runningPods(plane.client))].filter(([name]) => name.startsWith("search-es-")));
    }
});

function conditionOf(status: Json | undefined, type: string): Json | undefined {
    return listAt(status, "conditions").find((one) => textAt(one, "type") === type);
}

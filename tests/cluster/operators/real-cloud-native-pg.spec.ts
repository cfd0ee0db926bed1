import assert from "node:assert/strict";

import { applyAgain } from "../admission/admit";
import { at, listAt, textAt, type Json, type KubeObject } from "../control-plane/json";
import type { ControlPlane } from "../control-plane/start";
import { eventually } from "../control-plane/wait";
import { log } from "../log";
import { findingsText } from "../plan/finding";
import { withChanges } from "../refusals/fixture";
import { placementFindings } from "../scheduling/checks";
import { takeSnapshot } from "../scheduling/snapshot";
import { cloudNativePg } from "./cloud-native-pg";
import { assertAsSimulated } from "./real/as-simulated";
import { assertOnlyLoopback } from "./real/assertions";
import { startCloudNativePg } from "./real/cloud-native-pg";
import { judgeEveryStack, untilJudged } from "./real/judged";
import { itMakesWhatIsPlanned } from "./real/made-by-cloud-native-pg";
import { listed, readyEndpoints, runningPods } from "./real/pods";
import { refusedWhenChanged, refusedWhenCreated } from "./real/refused-by-cloud-native-pg";
import { assertDenied } from "./real/refusals";
import { startSurroundings } from "./real/surroundings";
import { provideVolumes } from "./volumes";

const apiGroup = "postgresql.cnpg.io";
const webhookOf = (kind: string): string => `v${kind.toLowerCase()}.cnpg.io`;

/**
 * The real operator judges the plan's custom resources and creates what they describe. Instances run no PostgreSQL: a
 * stand-in answers for their instance managers. The tests depend on each other. Rows DB-01, DB-03, DB-04, DB-09, BK-01.
 */
describe("the real CloudNativePG: prod on gcp", () => {
    let plane: ControlPlane;
    let operator: number;
    let resources: readonly KubeObject[];
    let planned: readonly KubeObject[];
    /** Pods of the operator's Jobs, by job; it deletes them when they are done. */
    const jobs = new Map<string, KubeObject>();
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        const surroundings = await startSurroundings();
        ({ plane } = surroundings);
        stop = () => plane.stop();
        resources = surroundings.operated
            .map(({ object }) => object)
            .filter(({ apiVersion }) => apiVersion === `${apiGroup}/v1`);
        planned = surroundings.applied.map(({ object }) => object);
        operator = await startCloudNativePg(plane);
        await untilJudged(plane.client, cluster(), check);
    });

    afterEach(function () {
        if (this.currentTest?.state === "failed") {
            log(plane.tail("cloudnative-pg", 30));
        }
    });

    after(async () => {
        await stop();
    });

    it("runs in a network namespace with only a loopback interface", () => {
        assertOnlyLoopback(operator);
    });

    it("admits the custom resources of every stack without a warning", async () => {
        const judged = await judgeEveryStack(plane.client, apiGroup);
        assert.equal(findingsText(judged.findings), "");
        const poolers = "Pooler postgres-pooler-ro, Pooler postgres-pooler-rw";
        const alone = `Cluster postgres, ${poolers}`;
        const withBackups = `Cluster postgres, ScheduledBackup postgres-full, ScheduledBackup postgres-snapshot, ${poolers}`;
        assert.deepEqual(judged.resources, {
            "dev on aws": withBackups,
            "dev on gcp": withBackups,
            "local on existing": alone,
            "prod on aws": withBackups,
            "prod on gcp": withBackups,
            "prod-dr on aws": alone,
            "prod-dr on gcp": alone,
            "staging on aws": withBackups,
            "staging on gcp": withBackups,
        });
    });

    for (const refusal of refusedWhenCreated) {
        it(`refuses ${refusal.title}`, () => assertDenied(plane.client, resources, webhookOf, refusal));
    }

    it("creates nothing before the plugin of backups answers", async () => {
        for (const resource of resources) {
            assert.equal((await plane.client.apply(resource)).status, 201, resource.metadata.name);
        }
        const status = await eventually("a phase of the cluster", async () => {
            check();
            const found = at(await live(cluster()), "status");
            return textAt(found, "phase") === undefined ? undefined : found;
        });
        const plugin = "barman-cloud.cloudnative-pg.io";
        assert.deepEqual(
            [textAt(status, "phase"), textAt(status, "phaseReason")],
            [
                "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
                `Unknown plugin: '${plugin}'. This may be caused by the plugin not being loaded correctly by the operator. ` +
                    "Check the operator and plugin logs for errors",
            ],
        );
        assert.deepEqual(
            [...(await pods()).keys()].filter((name) => !name.startsWith("pgpool")),
            [],
        );
    });

    it("makes a healthy cluster of four instances without that plugin, one after the other", async () => {
        assert.equal((await plane.client.apply(withoutPlugin())).status, 200);
        await untilHealthy();
        const status = at(await live(cluster()), "status");
        assert.deepEqual(
            [at(status, "readyInstances"), at(status, "currentPrimary"), at(status, "instanceNames")],
            [4, "postgres-1", ["postgres-1", "postgres-2", "postgres-3", "postgres-4"]],
        );
        assert.deepEqual(
            listAt(status, "conditions")
                .filter((one) => textAt(one, "type") === "Ready")
                .map((one) => [at(one, "status"), at(one, "reason")]),
            [["True", "ClusterIsReady"]],
        );
    });

    itMakesWhatIsPlanned(() => ({ client: plane.client, planned, jobs }));

    it("makes instances as the simulated operator of the other tests does", async () => {
        const instances = [...(await pods())].filter(([name]) => /^postgres-\d$/.test(name));
        assertAsSimulated(
            cloudNativePg.podsOf(withoutPlugin(), []),
            instances.map(([, pod]) => pod),
        );
    });

    it("makes pods that are placed as the plan says", async () => {
        const snapshot = await takeSnapshot(plane.client);
        assert.equal(findingsText(placementFindings(snapshot)), "");
    });

    it("leaves the plan's fields as they are", async () => {
        const again = resources.map((resource) => (resource.kind === "Cluster" ? withoutPlugin() : resource));
        const findings = await applyAgain(
            plane.client,
            again.map((object) => ({ object, urn: "", unknowns: [] })),
        );
        assert.equal(findingsText(findings), "");
    });

    for (const refusal of refusedWhenChanged) {
        it(`refuses ${refusal.title}`, () => assertDenied(plane.client, resources, webhookOf, refusal));
    }

    it("makes a replica the primary when the primary's pod disappears", async () => {
        const uid = textAt((await pods()).get("postgres-1"), "metadata", "uid");
        await plane.client.must({
            method: "DELETE",
            path: "/api/v1/namespaces/data/pods/postgres-1",
            query: { gracePeriodSeconds: "0" },
        });
        await eventually(
            "another pod of the instance",
            async () => {
                const found = textAt((await pods()).get("postgres-1"), "metadata", "uid");
                return found === undefined || found === uid ? undefined : true;
            },
            { check },
        );
        await untilHealthy();
        const primary = textAt(await live(cluster()), "status", "currentPrimary");
        const { "postgres-rw": writer, "postgres-ro": readers } = await readyEndpoints(plane.client);
        assert.deepEqual(
            { primary, writer, readers },
            { primary: "postgres-2", writer: ["postgres-2"], readers: ["postgres-1", "postgres-3", "postgres-4"] },
        );
        const claims = await listed(plane.client, "/api/v1", "persistentvolumeclaims");
        assert.equal(claims.size, 8);
    });

    function check(): void {
        plane.check();
    }

    function cluster(): KubeObject {
        return resources.find(({ kind }) => kind === "Cluster") ?? assert.fail("the plan has no Cluster");
    }

    /** The plan's Cluster without the plugin, which is not run here: its pods lack the sidecar of backups. */
    function withoutPlugin(): KubeObject {
        return withChanges({ base: cluster(), set: { "spec.plugins": undefined } });
    }

    async function live(object: KubeObject): Promise<Json> {
        const path = (await plane.client.pathOf(object)) ?? "";
        return plane.client.must({ method: "GET", path });
    }

    function pods(): Promise<Map<string, KubeObject>> {
        return runningPods(plane.client);
    }

    async function rememberJobs(): Promise<void> {
        for (const pod of await plane.client.list("/api/v1/namespaces/data/pods", {
            labelSelector: "cnpg.io/jobRole",
        })) {
            jobs.set(textAt(pod, "metadata", "labels", "batch.kubernetes.io/job-name") ?? "", pod);
        }
    }

    async function untilHealthy(): Promise<void> {
        await eventually(
            "a healthy cluster",
            async () => {
                await provideVolumes(plane.client);
                await rememberJobs();
                const status = at(await live(cluster()), "status");
                const phase = textAt(status, "phase") ?? "";
                if (phase !== "Cluster in healthy state" || at(status, "readyInstances") !== 4) {
                    throw new Error(`${phase}: ${textAt(status, "phaseReason") ?? ""}`);
                }
                return true;
            },
            { check, everyMs: 300 },
        );
    }
});

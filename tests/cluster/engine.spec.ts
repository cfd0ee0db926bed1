import assert from "node:assert/strict";

import { TestEnvironment } from "../engine/harness/test-environment";
import { planned as plannedUrns, shortName } from "../engine/lifecycle";
import { keptOf } from "../stacks/account/kept";
import { applyAgain } from "./admission/admit";
import { startControlPlane } from "./control-plane/start-with-crds";
import { titleOf, type Json } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { liveObjects, appliedGenerations } from "./engine/live-objects";
import { StackRun, changesOf } from "./engine/stack-run";
import { validatedInMemory } from "./engine/validated-in-memory";
import { Workloads } from "./engine/workloads";
import { log } from "./log";
import { caseTitle, planOf, type Case } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects, type PlannedObject } from "./plan/objects";

interface Scenario extends Case {
    /** Configuration that disables deletion protection. */
    readonly unprotect?: Readonly<Record<string, Json>>;
    /** Data that outlives the stack, as `<Type> <name>`. */
    readonly kept: readonly string[];
    /** Whether fields are edited by others too, which the API server resolves in the same way for every cloud. */
    readonly edits?: boolean;
}

const scenarios: readonly Scenario[] = [
    {
        stack: "prod",
        cloud: "gcp",
        unprotect: { cluster: { deletionProtection: false } },
        kept: keptOf("prod", "gcp"),
    },
    { stack: "staging", cloud: "aws", kept: keptOf("staging", "aws") },
    { stack: "local", cloud: "existing", kept: [], edits: true },
];

/** By digest, because production requires that. The image does not exist; nothing pulls it. */
const image = `registry.example.com/shop/order:1.4.2@sha256:${"4f1d7c08".repeat(8)}`;
const edited = "registry.example.com/shop/order:0.0.0-edited";

const order = "kubernetes:apps/v1:Deployment::order";
const admitted = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy::admitted-images";

/** Real engine, API server and controllers; the clouds are stand-ins, and no pod starts. Proof code A; row AS-10. */
describe("the engine on a real API server", function () {
    this.timeout(1_800_000);
    let plane: ControlPlane;
    let environment: TestEnvironment;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        environment = await TestEnvironment.open();
        plane = await startControlPlane({ components: ["kube-controller-manager"] }, log);
        stop = () => plane.stop();
    });

    after(async () => {
        environment.close();
        await stop();
    });

    for (const scenario of scenarios) {
        describe(caseTitle(scenario), () => {
            let run: StackRun;
            let planned: readonly PlannedObject[];
            let urns: readonly string[];
            let empty: readonly string[];
            let workloads: Workloads;

            before(async () => {
                const plan = await planOf(scenario);
                planned = plannedObjects(plan);
                urns = await plannedUrns(scenario);
                workloads = new Workloads(plane.client, planned);
                empty = await liveObjects(plane.client, planned);
                run = await StackRun.start(environment, plane, scenario);
            });

            after(async () => {
                await run.finish(environment);
            });

            it("preview lists the plan's resources and creates nothing", async () => {
                const { changes, seconds } = await run.succeed({ kind: "preview" });
                assert.deepEqual(changes.map(({ urn }) => urn).sort(), urns);
                assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["create"]);
                assert.deepEqual(await liveObjects(plane.client, planned), empty);
                assert.deepEqual(await run.fallbacks(), validatedInMemory(scenario, planned));
                log(`preview: ${seconds.toFixed(1)} s`);
            });

            it("up creates exactly the plan's objects with strict validation and without warnings", async () => {
                const { changes, seconds } = await run.succeed({ kind: "up" });
                assert.deepEqual(changes.map(({ urn }) => urn).sort(), urns);
                assert.deepEqual(await run.state(), urns);
                assert.deepEqual(await run.fallbacks(), [], "validated in memory");
                const titles = planned.map(({ object }) => titleOf(object)).sort();
                assert.deepEqual([...(await appliedGenerations(plane.client, planned)).keys()], titles);
                log(`up: ${seconds.toFixed(1)} s, ${titles.length} objects`);
            });

            it("applying the plan's objects as the same field manager changes nothing", async () => {
                // Objects with values that are known only after the update differ from the plan, and a plan has no Secret's data.
                const known = planned.filter(
                    ({ object, unknowns }) => unknowns.length === 0 && object.kind !== "Secret",
                );
                log(`${known.length} of ${planned.length} objects are fully known in the plan`);
                assert.equal(findingsText(await applyAgain(plane.client, known)), "");
            });

            it("a second preview, up and refresh change nothing, including replicas that an autoscaler set", async () => {
                await workloads.untilScaled();
                for (const kind of ["preview", "up", "refresh"] as const) {
                    const outcome = await run.succeed({ kind, expectNoChanges: true });
                    assert.deepEqual(outcome.changes, [], kind);
                }
                assert.deepEqual(await run.fallbacks(), [], "validated in memory");
                await workloads.untilScaled();
            });

            it("a changed image updates one workload", async () => {
                const before = await appliedGenerations(plane.client, planned);
                const services = { order: { image } };
                const preview = await run.succeed({ kind: "preview" }, { services });
                // An image of another repository is admitted by the API server, and by Binary Authorization on GKE (G9, SC-08).
                const admission = "update gcp:binaryauthorization/policy:Policy::cluster-admission";
                const touched = [
                    ...(scenario.cloud === "gcp" ? [admission] : []),
                    `update ${admitted}`,
                    `update ${order}`,
                ];
                assert.deepEqual(changesOf(preview.changes), touched);
                assert.deepEqual(
                    await appliedGenerations(plane.client, planned),
                    before,
                    "the preview wrote to the API server",
                );
                const { changes } = await run.succeed({ kind: "up" });
                assert.deepEqual(changesOf(changes), touched);
                assert.equal(await workloads.imageOf("order"), image);
                const updated = [...(await appliedGenerations(plane.client, planned))].filter(
                    ([title, was]) => before.get(title) !== was,
                );
                const objects = [
                    workloads.titleOf("order"),
                    "ValidatingAdmissionPolicy ecommerce-platform-admitted-images",
                ];
                assert.deepEqual(updated.map(([title]) => title).sort(), objects);
                await workloads.untilScaled();
            });

            if (scenario.edits === true) {
                it("takes back what kubectl edited: a preview reports the conflict, up adopts the field", async () => {
                    await workloads.edit("order", edited, "kubectl-edit");
                    const { changes } = await run.succeed({ kind: "refresh" });
                    assert.deepEqual(changesOf(changes), [`update ${order}`]);

                    const preview = await run.session.run({ kind: "preview" });
                    assert.match(
                        preview.output,
                        /Apply failed with 1 conflict: conflict with "kubectl-edit" using apps\/v1/,
                    );
                    const taken = await run.succeed({ kind: "up" });
                    assert.deepEqual(changesOf(taken.changes), [`update ${order}`]);
                    assert.equal(await workloads.imageOf("order"), image);
                    await run.succeed({ kind: "refresh", expectNoChanges: true });
                });

                it("leaves what another client edited: up fails with a conflict unless it is forced", async () => {
                    await workloads.edit("order", edited, "release-tool");
                    const { changes } = await run.succeed({ kind: "refresh" });
                    assert.deepEqual(changesOf(changes), [`update ${order}`]);

                    const refused = await run.session.run({ kind: "up" });
                    assert.notEqual(refused.error, undefined, "up overwrote a field of another field manager");
                    assert.match(
                        refused.output,
                        /Apply failed with 1 conflict: conflict with "release-tool" using apps\/v1/,
                    );
                    assert.match(refused.output, /\.spec\.template\.spec\.containers\[name="order"\]\.image/);
                    assert.equal(await workloads.imageOf("order"), edited);

                    const forced = await run.succeed({ kind: "up", env: { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" } });
                    assert.deepEqual(changesOf(forced.changes), [`update ${order}`]);
                    assert.equal(await workloads.imageOf("order"), image);
                    // The environment of a session outlives the operation.
                    await run.succeed({
                        kind: "refresh",
                        expectNoChanges: true,
                        env: { PULUMI_K8S_ENABLE_PATCH_FORCE: "false" },
                    });
                });
            }

            it("refresh detects a deleted object, and up creates it again", async () => {
                const deleted = planned.find(({ object }) => object.kind === "PodDisruptionBudget");
                assert.ok(deleted);
                const path = await plane.client.pathOf(deleted.object);
                await plane.client.must({ method: "DELETE", path: path ?? "" });
                const found = await run.succeed({ kind: "refresh" });
                assert.deepEqual(
                    found.changes.map(({ op, urn }) => ({ op, urn })),
                    [{ op: "delete", urn: deleted.urn }],
                );
                const { changes } = await run.succeed({ kind: "up" });
                assert.deepEqual(changes, [{ op: "create", urn: deleted.urn }]);
                assert.deepEqual(await run.state(), urns);
            });

            it("destroy leaves data and its keys in the clouds, and nothing on the API server or in the state", async () => {
                if (scenario.unprotect !== undefined) {
                    await run.succeed({ kind: "up" }, scenario.unprotect);
                }
                const { changes, seconds } = await run.succeed({ kind: "destroy" });
                assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["delete"]);
                assert.deepEqual(await run.state(), []);
                const left = (await run.session.store.entries()).map(({ value }) => shortName(value));
                assert.deepEqual(left.sort(), scenario.kept);
                assert.deepEqual([...(await appliedGenerations(plane.client, planned)).keys()], []);
                // Events and endpoint slices are removed asynchronously.
                await eventually("a cluster without the stack's objects", async () => {
                    assert.deepEqual(await liveObjects(plane.client, planned), empty);
                    return true;
                });
                plane.check();
                log(`destroy: ${seconds.toFixed(1)} s`);
            });
        });
    }
});

import assert from "node:assert/strict";

import { Workbench } from "../engine/harness/workbench";
import { applyAgain } from "./admission/admit";
import { startControlPlane } from "./control-plane/baked";
import { namespaceOf, titleOf, type Json } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { eventually } from "./control-plane/wait";
import { census, ours } from "./engine/census";
import { Life, changesOf } from "./engine/life";
import { Workloads } from "./engine/workloads";
import { note } from "./note";
import { caseTitle, planOf, type Case } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { plannedObjects, type PlannedObject } from "./plan/objects";

interface Scenario extends Case {
    /** Configuration without which the cloud keeps what the stack made. */
    readonly release?: Readonly<Record<string, Json>>;
}

const scenarios: readonly Scenario[] = [
    { stack: "prod", cloud: "gcp", release: { cluster: { deletionProtection: false } } },
    { stack: "staging", cloud: "aws" },
    { stack: "local", cloud: "existing" },
];

/** By digest, because production takes nothing else. There is no such image: nothing pulls it here. */
const image = `registry.example.com/shop/order:1.4.2@sha256:${"4f1d7c08".repeat(8)}`;
const edited = "registry.example.com/shop/order:0.0.0-edited";

const order = "kubernetes:apps/v1:Deployment::order";

/** Real engine, API server and controllers; clouds are played, and nothing waits for pods. Proof code A; row AS-10. */
describe("the engine on a real API server", function () {
    this.timeout(600_000);
    let plane: ControlPlane;
    let workbench: Workbench;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        workbench = await Workbench.open();
        plane = await startControlPlane({ extras: ["kube-controller-manager"] }, note);
        stop = () => plane.stop();
    });

    after(async () => {
        workbench.close();
        await stop();
    });

    for (const scenario of scenarios) {
        describe(caseTitle(scenario), () => {
            let life: Life;
            let planned: readonly PlannedObject[];
            let urns: readonly string[];
            let empty: readonly string[];
            let workloads: Workloads;

            /**
             * What is left to the memory's rules in a first preview: all whose namespace is yet to come. Where the cluster
             * itself is yet to come, the engine asks its provider nothing at all, so that nothing is judged.
             */
            const unjudged = (): string[] => {
                const made = new Set(
                    planned.flatMap(({ object }) => (object.kind === "Namespace" ? [object.metadata.name] : [])),
                );
                return planned
                    .flatMap(({ object }) => {
                        const namespace = scenario.cloud === "existing" ? namespaceOf(object) : undefined;
                        // Not the server's own, such as kube-system.
                        return namespace === undefined || !made.has(namespace)
                            ? []
                            : [`${titleOf(object)}: namespaces "${namespace}" not found`];
                    })
                    .sort();
            };

            before(async () => {
                const plan = await planOf(scenario);
                planned = plannedObjects(plan);
                urns = plan.resources.map(({ urn }) => urn).sort();
                workloads = new Workloads(plane.client, planned);
                empty = await census(plane.client, planned);
                life = await Life.begin(workbench, plane, scenario);
            });

            after(async () => {
                await life.end(workbench);
            });

            it("previews the plan and makes nothing", async () => {
                const { changes, seconds } = await life.succeed({ kind: "preview" });
                assert.deepEqual(changes.map(({ urn }) => urn).sort(), urns);
                assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["create"]);
                assert.deepEqual(await census(plane.client, planned), empty);
                assert.deepEqual(await life.fallbacks(), unjudged());
                note(`preview: ${seconds.toFixed(1)} s`);
            });

            it("comes up: every object judged strictly, none with a warning, all of them the plan's", async () => {
                const { changes, seconds } = await life.succeed({ kind: "up" });
                assert.deepEqual(changes.map(({ urn }) => urn).sort(), urns);
                assert.deepEqual(await life.state(), urns);
                assert.deepEqual(await life.fallbacks(), [], "judged in memory");
                const titles = planned.map(({ object }) => titleOf(object)).sort();
                assert.deepEqual([...(await ours(plane.client, planned)).keys()], titles);
                note(`up: ${seconds.toFixed(1)} s, ${titles.length} objects`);
            });

            it("has made exactly what the plan says: an apply of the plan by the same owner moves nothing", async () => {
                // Where a value is known after the update only, the plan has a word in its place and the server the value.
                const known = planned.filter(({ unknowns }) => unknowns.length === 0);
                note(`${known.length} of ${planned.length} objects are wholly known beforehand`);
                assert.equal(findingsText(await applyAgain(plane.client, known)), "");
            });

            it("changes nothing a second time, and gives no replica back that an autoscaler took", async () => {
                await workloads.untilScaled();
                for (const kind of ["preview", "up", "refresh"] as const) {
                    const outcome = await life.succeed({ kind, expectNoChanges: true });
                    assert.deepEqual(outcome.changes, [], kind);
                }
                assert.deepEqual(await life.fallbacks(), [], "judged in memory");
                await workloads.untilScaled();
            });

            it("touches one workload for a changed image", async () => {
                const before = await ours(plane.client, planned);
                const services = { order: { image } };
                const rehearsed = await life.succeed({ kind: "preview" }, { services });
                // An image of another repository has to be let in by GKE first, where it admits listed ones only (G9).
                const admission = "update gcp:binaryauthorization/policy:Policy::cluster-admission";
                const touched = [...(scenario.cloud === "gcp" ? [admission] : []), `update ${order}`];
                assert.deepEqual(changesOf(rehearsed.changes), touched);
                assert.deepEqual(await ours(plane.client, planned), before, "a preview wrote something");
                const { changes } = await life.succeed({ kind: "up" });
                assert.deepEqual(changesOf(changes), touched);
                assert.equal(await workloads.imageOf("order"), image);
                const moved = [...(await ours(plane.client, planned))].filter(
                    ([title, was]) => before.get(title) !== was,
                );
                assert.deepEqual(
                    moved.map(([title]) => title),
                    [workloads.titleOf("order")],
                );
                await workloads.untilScaled();
            });

            it("finds by refresh what was edited behind its back, and takes it back only when it is told to", async () => {
                await workloads.edit("order", edited);
                const { changes } = await life.succeed({ kind: "refresh" });
                assert.deepEqual(changesOf(changes), [`update ${order}`]);

                const refused = await life.session.run({ kind: "up" });
                assert.notEqual(refused.error, undefined, "somebody else's field was taken without a word");
                assert.match(
                    refused.output,
                    /Apply failed with 1 conflict: conflict with "kubectl-edit" using apps\/v1/,
                );
                assert.match(refused.output, /\.spec\.template\.spec\.containers\[name="order"\]\.image/);
                assert.equal(await workloads.imageOf("order"), edited);

                const forced = await life.succeed({ kind: "up", env: { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" } });
                assert.deepEqual(changesOf(forced.changes), [`update ${order}`]);
                assert.equal(await workloads.imageOf("order"), image);
                await life.succeed({ kind: "refresh", expectNoChanges: true });
            });

            it("finds by refresh what was deleted behind its back, and makes it again", async () => {
                const lost = planned.find(({ object }) => object.kind === "PodDisruptionBudget");
                assert.ok(lost);
                const path = await plane.client.pathOf(lost.object);
                await plane.client.must({ method: "DELETE", path: path ?? "" });
                const found = await life.succeed({ kind: "refresh" });
                assert.deepEqual(
                    found.changes.map(({ op, urn }) => ({ op, urn })),
                    [{ op: "delete", urn: lost.urn }],
                );
                const { changes } = await life.succeed({ kind: "up" });
                assert.deepEqual(changes, [{ op: "create", urn: lost.urn }]);
                assert.deepEqual(await life.state(), urns);
            });

            it("is destroyed: nothing is left on the API server, in the clouds or in the state", async () => {
                if (scenario.release !== undefined) {
                    await life.succeed({ kind: "up" }, scenario.release);
                }
                const { changes, seconds } = await life.succeed({ kind: "destroy" });
                assert.deepEqual([...new Set(changes.map(({ op }) => op))], ["delete"]);
                assert.deepEqual(await life.state(), []);
                assert.deepEqual(life.session.store.remaining(), []);
                assert.deepEqual([...(await ours(plane.client, planned)).keys()], []);
                // An event or an endpoint slice may outlive its namespace's last listing by a moment.
                await eventually("an empty cluster", async () => {
                    assert.deepEqual(await census(plane.client, planned), empty);
                    return true;
                });
                plane.check();
                note(`destroy: ${seconds.toFixed(1)} s`);
            });
        });
    }
});

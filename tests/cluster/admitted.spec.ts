import assert from "node:assert/strict";

import { admit, applyAgain, inDefault } from "./admission/admit";
import { startControlPlane } from "./control-plane/baked";
import { establishedCrds } from "./control-plane/load-crds";
import type { ControlPlane } from "./control-plane/start";
import { readLock, lockedFiles } from "../../tools/crds/lock";
import { note } from "./note";
import { cases, caseTitle, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { helmReleases, plannedObjects, type PlannedObject } from "./plan/objects";

/** Proves that a real API server takes every plan as it is. Proof code A; rows CL-20, SC-01, SC-02, AS-10. */
describe("admitted by a real API server", () => {
    for (const which of cases()) {
        describe(caseTitle(which), () => {
            let plane: ControlPlane;
            let planned: readonly PlannedObject[];
            let stop = (): Promise<void> => Promise.resolve();

            before(async () => {
                const plan = await planOf(which);
                planned = plannedObjects(plan);
                // The controllers run, the scheduler does not: what controllers write must not clash with the program.
                plane = await startControlPlane({ extras: ["kube-controller-manager"] }, note);
                stop = () => plane.stop();
                const releases = helmReleases(plan);
                note(
                    releases.length === 0
                        ? "nothing is left to Helm"
                        : `left to Helm, present as CustomResourceDefinitions only: ${releases.join(", ")}`,
                );
            });

            after(async () => {
                await stop();
            });

            it("has every CustomResourceDefinition of the lock", async () => {
                const count = lockedFiles(readLock()).reduce((sum, file) => sum + file.count, 0);
                assert.equal((await establishedCrds(plane.client)).length, count);
            });

            it("takes every object: nothing refused, no unknown field, no Warning header", async () => {
                assert.notEqual(planned.length, 0, "the plan has no Kubernetes object");
                const findings = await admit(plane.client, planned);
                plane.check();
                const unknown = planned.filter(({ unknowns }) => unknowns.length > 0);
                note(`${planned.length} objects, ${unknown.length} of them with a value that only an update tells`);
                unknown.forEach(({ urn, unknowns }) => {
                    note(`  ${urn.split("::").slice(-2).join(" ")}: ${unknowns.join(", ")}`);
                });
                assert.equal(findingsText([...findings, ...inDefault(planned)]), "");
            });

            it("is not changed by a second apply", async () => {
                assert.equal(findingsText(await applyAgain(plane.client, planned)), "");
            });
        });
    }
});

import assert from "node:assert/strict";

import { admit, applyAgain, inDefault } from "./admission/admit";
import { startControlPlane } from "./control-plane/start-with-crds";
import { establishedCrds } from "./control-plane/load-crds";
import type { ControlPlane } from "./control-plane/start";
import { usedKinds } from "../../custom-resources/kinds";
import { log } from "./log";
import { cases, caseTitle, planOf } from "./plan/cases";
import { findingsText } from "./plan/finding";
import { helmReleases, plannedObjects, type PlannedObject } from "./plan/objects";

/** A real API server admits every plan unchanged. Proof code A; rows CL-20, SC-01, SC-02, AS-10. */
describe("admitted by a real API server", () => {
    for (const which of cases()) {
        describe(caseTitle(which), () => {
            let plane: ControlPlane;
            let planned: readonly PlannedObject[];
            let stop = (): Promise<void> => Promise.resolve();

            before(async () => {
                const plan = await planOf(which);
                planned = plannedObjects(plan);
                // With controllers, whose writes must not conflict with the program's; the scheduler is not needed.
                plane = await startControlPlane({ components: ["kube-controller-manager"] }, log);
                stop = () => plane.stop();
                const releases = helmReleases(plan);
                log(
                    releases.length === 0
                        ? "no Helm releases"
                        : `Helm releases, of which only the CustomResourceDefinitions are present: ${releases.join(", ")}`,
                );
            });

            after(async () => {
                await stop();
            });

            it("serves the definition of every kind that the program uses", async () => {
                assert.equal((await establishedCrds(plane.client)).length, usedKinds.length);
            });

            it("admits every object without a refusal, an unknown field or a Warning header", async () => {
                assert.notEqual(planned.length, 0, "the plan has no Kubernetes objects");
                const findings = await admit(plane.client, planned);
                plane.check();
                const unknown = planned.filter(({ unknowns }) => unknowns.length > 0);
                log(
                    `${planned.length} objects, ${unknown.length} of them with values that are known only after the update`,
                );
                unknown.forEach(({ urn, unknowns }) => {
                    log(`  ${urn.split("::").slice(-2).join(" ")}: ${unknowns.join(", ")}`);
                });
                assert.equal(findingsText([...findings, ...inDefault(planned)]), "");
            });

            it("a second apply changes no resourceVersion", async () => {
                assert.equal(findingsText(await applyAgain(plane.client, planned)), "");
            });
        });
    }
});

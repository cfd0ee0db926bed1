import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { waitsFor } from "../namespaced";
import { shipped } from "../shipped";
import { each, expectedLabels, serviceNames } from "./shop";

const type = "kubernetes:autoscaling.k8s.io/v1:VerticalPodAutoscaler";

for (const { title, plan, tier, replica, cloud } of shipped) {
    const wanted = tier === "prod" && !replica;

    describe(`the vertical autoscalers in ${title} (AS-09)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it(wanted ? "are one for each service" : "do not exist", () => {
            const found = resources.filter((resource) => resource.type === type);
            assert.deepEqual(
                found.map(({ name }) => name).sort(),
                wanted ? serviceNames.map((name) => `${name}-recommender`).sort() : [],
            );
        });

        if (wanted) {
            it("recommend, and change no pod of the Deployment", () => {
                assert.deepEqual(
                    each((name) => inputs(resources, type, `${name}-recommender`)),
                    each((name, { namespace, importance }) => ({
                        apiVersion: "autoscaling.k8s.io/v1",
                        kind: "VerticalPodAutoscaler",
                        metadata: { name, namespace, labels: expectedLabels(name, importance) },
                        spec: {
                            targetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
                            updatePolicy: { updateMode: "Off" },
                        },
                    })),
                );
            });

            it("wait for their Deployment, and for the controller where the cluster has none", () => {
                // GKE serves the kind itself.
                const release = cloud === "gcp" ? [] : ["Release vertical-pod-autoscaler"];
                for (const name of serviceNames) {
                    const found = resources.find((one) => one.type === type && one.name === `${name}-recommender`);
                    const waits = waitsFor(found ?? assert.fail(name));
                    assert.deepEqual(
                        waits.filter((one) => /^(Deployment|Release) /.test(one)),
                        [`Deployment ${name}`, ...release],
                    );
                }
            });
        }
    });
}

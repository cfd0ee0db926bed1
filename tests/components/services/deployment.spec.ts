import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan";
import { pgpoolIn } from "../database/callers";
import { each, expectedSecrets, expectedLabels, expectedSelector, same, serviceNames } from "./shop";
import { namesOf, objectsOf, shopStacks, types, without } from "./stacks";

interface Deployment {
    readonly metadata: JsonObject;
    readonly spec: JsonObject & { readonly template: { readonly metadata: JsonObject } };
}

for (const stack of shopStacks) {
    const { title, plan, ownImages = {}, ownReplicas = {} } = stack;
    describe(`the Deployment of every service in ${title}`, () => {
        let names: ReturnType<typeof namesOf>;
        let objects: Record<string, JsonObject>;
        const read = <T>(field: (deployment: Deployment) => T) =>
            each((name) => field(objects[name] as unknown as Deployment));

        before(async () => {
            const { resources } = await plan();
            names = namesOf(resources, types.deployment);
            objects = each(objectsOf(resources, types.deployment));
        });

        it("is one of nine, besides Pgpool-II and the capacity's headroom", () => {
            assert.deepEqual(names.services, [...serviceNames].sort());
            assert.deepEqual(
                names.others.filter((name) => name !== "headroom"),
                pgpoolIn({ tier: stack.tier, replica: stack.replicas === 0 }),
            );
            assert.deepEqual(
                each((name) => without(objects[name] ?? {}, "metadata", "spec")),
                same({ apiVersion: "apps/v1", kind: "Deployment" }),
            );
        });

        it("is in the service's namespace, with Kubernetes' recommended labels, and restarts on new Secrets", () => {
            assert.deepEqual(
                read(({ metadata }) => metadata),
                each((name, { namespace, importance }) => ({
                    name,
                    namespace,
                    labels: expectedLabels(name, importance),
                    ...(expectedSecrets(name).length === 0
                        ? {}
                        : { annotations: { "reloader.stakater.com/auto": "true" } }),
                })),
            );
        });

        it("updates one additional pod at a time, never below the desired count (SV-15)", () => {
            assert.deepEqual(
                read(({ spec }) => spec["strategy"]),
                same({ type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }),
            );
            assert.deepEqual(
                read(({ spec }) => spec["minReadySeconds"]),
                same(5),
            );
        });

        it("has the stack's replicas, or none where an autoscaler owns them (EN-01 to EN-03)", () => {
            assert.deepEqual(
                read(({ spec }) => spec["replicas"]),
                each((name) => ownReplicas[name] ?? stack.replicas),
            );
        });

        it("selects its pods by two labels, and no other field is set", () => {
            assert.deepEqual(
                read(({ spec }) => without(spec, "template", "strategy", "minReadySeconds", "replicas")),
                each((name) => ({
                    revisionHistoryLimit: 5,
                    selector: { matchLabels: expectedSelector(name) },
                })),
            );
        });

        it("gives its pods all labels, and an annotation where the stand-in runs", () => {
            assert.deepEqual(
                read(({ spec }) => spec.template.metadata),
                each((name, { importance }) => ({
                    labels: expectedLabels(name, importance),
                    annotations: ownImages[name] === undefined ? { "ecommerce-platform/stand-in": "true" } : {},
                })),
            );
            assert.deepEqual(
                read(({ spec }) => Object.keys(spec.template).sort()),
                same(["metadata", "spec"]),
            );
        });

        it("is counted among the stand-ins of the stack's outputs unless it has an image", async () => {
            const { outputs } = await plan();
            assert.deepEqual(
                outputs["standIns"],
                serviceNames.filter((name) => ownImages[name] === undefined),
            );
        });
    });
}

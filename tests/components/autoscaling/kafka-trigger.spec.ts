import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { waitsFor } from "../namespaced";
import { expectedLabels } from "../services/shop";
import { shipped } from "../shipped";

const trigger = "kubernetes:keda.sh/v1alpha1:ClusterTriggerAuthentication";
const user = "kubernetes:kafka.strimzi.io/v1:KafkaUser";

for (const { title, plan, tier, replica } of shipped) {
    const wanted = tier !== "dev" && !replica;

    describe(`the access of the autoscaler to Kafka in ${title} (AS-06)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it(wanted ? "is by one certificate" : "does not exist", () => {
            const found = resources.filter(
                ({ type, name }) => type === trigger || name === "messaging-access-user-keda",
            );
            assert.deepEqual(
                found.map(({ name }) => name).sort(),
                wanted ? ["autoscaling-kafka", "messaging-access-user-keda"] : [],
            );
        });

        if (wanted) {
            it("reads the certificate of its own user, in its own namespace", () => {
                const { metadata, spec } = inputs(resources, trigger, "autoscaling-kafka") as {
                    metadata: unknown;
                    spec: unknown;
                };
                const labels = expectedLabels("keda-kafka", "autoscaling");
                assert.deepEqual(metadata, { name: "keda-kafka", labels });
                assert.deepEqual(spec, {
                    secretTargetRef: [
                        { parameter: "ca", name: "keda-kafka", key: "ca.crt" },
                        { parameter: "cert", name: "keda-kafka", key: "tls.crt" },
                        { parameter: "key", name: "keda-kafka", key: "tls.key" },
                    ],
                });
                const certificate = inputs(
                    resources,
                    "kubernetes:cert-manager.io/v1:Certificate",
                    "autoscaling-kafka-certificate",
                ) as { metadata: { namespace: string; labels: unknown }; spec: Record<string, unknown> };
                assert.deepEqual(certificate.metadata.labels, labels);
                const { secretName, commonName, usages } = certificate.spec;
                assert.deepEqual(
                    [certificate.metadata.namespace, secretName, commonName, usages],
                    ["monitoring", "keda-kafka", "keda", ["digital signature", "key encipherment", "client auth"]],
                );
            });

            it("may read offsets of the queue and of its consumers, and no message", () => {
                const { spec } = inputs(resources, user, "messaging-access-user-keda");
                const right = (type: string, name: string) => ({
                    type: "allow",
                    resource: { type, name, patternType: "literal" },
                    operations: ["Describe"],
                    host: "*",
                });
                assert.deepEqual(spec, {
                    authentication: { type: "tls-external" },
                    authorization: {
                        type: "simple",
                        acls: [right("topic", "orders.created"), right("group", "order")],
                    },
                });
            });

            it("waits for the controller, which serves the kind, and for the user", () => {
                const found = resources.find(({ type }) => type === trigger) ?? assert.fail();
                const waits = waitsFor(found);
                for (const one of ["Release keda", "KafkaUser messaging-access-user-keda"]) {
                    assert.ok(waits.includes(one), `${one} of ${waits.join(", ")}`);
                }
            });
        }
    });
}

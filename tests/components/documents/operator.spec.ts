import assert from "node:assert/strict";

import { cloudNames, tierNames } from "../../../config/schema";
import { inputsOf, waits } from "../deployed";
import { deployment } from "../deployment";
import { containerSecurity, podSecurity, releaseOf, replicas, resources } from "../helm/expected";
import { mongoDeployment, ownObjects } from "./stack";

const type = "kubernetes:helm.sh/v3:Release";
const labels = { "app.kubernetes.io/name": "psmdb-operator", "app.kubernetes.io/instance": "psmdb-operator" };

const term = (topologyKey: string, weight: number) => ({
    weight,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels: labels } },
});

describe("the release psmdb-operator", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`has exactly these inputs and values in ${tier} on ${cloud}, with MongoDB only`, async () => {
                const { resources: all } = await mongoDeployment(cloud, tier);
                assert.deepEqual(
                    inputsOf(all, type)["psmdb-operator"],
                    releaseOf(
                        {
                            name: "psmdb-operator",
                            chart: "psmdb-operator",
                            version: "1.22.0",
                            repo: "https://percona.github.io/percona-helm-charts",
                            namespace: "data",
                            skipCrds: false,
                        },
                        {
                            replicaCount: replicas[tier],
                            image: { repository: "docker.io/percona/percona-server-mongodb-operator" },
                            disableTelemetry: true,
                            resources: resources("50m", "128Mi", "500m", "512Mi"),
                            podSecurityContext: podSecurity,
                            securityContext: containerSecurity,
                            affinity: {
                                podAntiAffinity: {
                                    preferredDuringSchedulingIgnoredDuringExecution: [
                                        term("topology.kubernetes.io/zone", 100),
                                        term("kubernetes.io/hostname", 50),
                                    ],
                                },
                            },
                        },
                    ),
                );
                const without = await deployment(cloud, tier);
                assert.equal(inputsOf(without.resources, type)["psmdb-operator"], undefined);
            });
        }
    }

    it("has a budget where there are two pods", async () => {
        const budgets = async (tier: "dev" | "prod") =>
            inputsOf(ownObjects(await mongoDeployment("gcp", tier)), "kubernetes:policy/v1:PodDisruptionBudget");
        assert.deepEqual(await budgets("dev"), {});
        const { spec } = (await budgets("prod"))["psmdb-operator-operator-budget"] ?? {};
        assert.deepEqual(spec, {
            maxUnavailable: 1,
            selector: { matchLabels: labels },
            unhealthyPodEvictionPolicy: "AlwaysAllow",
        });
    });

    it("is installed after the permission to delete backups, which its pods get when they are created", async () => {
        const all = await mongoDeployment("aws", "prod");
        const own = waits(all, ownObjects(all))["Release psmdb-operator"] ?? [];
        assert.ok(own.includes("PodIdentityAssociation documents-operator"), own.join("\n"));
    });
});

import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import type { Settings } from "../../../components/platform-config";
import type { JsonObject } from "../../../tools/plan";
import { inputOf } from "../deployed";
import { deployCluster, deployment, inLayer } from "../deployment";

const provider = "pulumi:providers:kubernetes";

/** The inputs of the one Kubernetes provider, as they are given to the engine. */
async function providerOf(cloud: Cloud, tier: Tier, own?: Partial<Settings>): Promise<JsonObject> {
    const { resources } = await (own === undefined ? deployment(cloud, tier) : deployCluster(cloud, tier, own));
    assert.equal(resources.filter(({ type }) => type === provider).length, 1);
    return inputOf(resources, provider, "cluster-kubernetes");
}

/** A whole kubeconfig, as a secret. */
function secretConfig(name: string, cluster: JsonObject, command: JsonObject) {
    return {
        secret: {
            apiVersion: "v1",
            kind: "Config",
            "current-context": name,
            contexts: [{ name, context: { cluster: name, user: name } }],
            clusters: [{ name, cluster }],
            users: [
                {
                    name,
                    user: {
                        exec: {
                            apiVersion: "client.authentication.k8s.io/v1beta1",
                            ...command,
                            provideClusterInfo: true,
                            interactiveMode: "Never",
                        },
                    },
                },
            ],
        },
    };
}

const google = {
    command: "gke-gcloud-auth-plugin",
    // The credentials of the GCP provider, not those of gcloud.
    args: ["--use_application_default_credentials"],
    installHint: "gcloud components install gke-gcloud-auth-plugin",
};

describe("the Kubernetes provider", () => {
    it("reaches GKE by its DNS name, whose certificate is publicly trusted", async () => {
        for (const tier of ["dev", "staging", "prod"] as const) {
            assert.deepEqual(await providerOf("gcp", tier), {
                enableServerSideApply: "true",
                // Another address, such as that of the removed public endpoint, is not another cluster.
                clusterIdentifier: "cluster-id",
                kubeconfig: secretConfig(
                    `ecommerce-gke-${tier}`,
                    { server: "https://gke-1.us-central1.gke.goog" },
                    google,
                ),
            });
        }
    });

    it("reaches GKE by its address without a DNS endpoint, with the cluster's certificate authority", async () => {
        const address = { server: "https://192.0.2.1", "certificate-authority-data": "R0tF" };
        assert.deepEqual(await providerOf("gcp", "prod", { cluster: { dnsEndpoint: false } }), {
            enableServerSideApply: "true",
            clusterIdentifier: "cluster-id",
            kubeconfig: secretConfig("ecommerce-gke-prod", address, google),
        });
    });

    it("reaches EKS with a token of the admin role", async () => {
        for (const [tier, region] of [
            ["dev", "us-east-1"],
            ["prod", "eu-west-1"],
        ] as const) {
            const zones = ["a", "b", "c"].map((zone) => `${region}${zone}`);
            const own = tier === "dev" ? undefined : { aws: { accountId: "123456789012", region, zones } };
            assert.deepEqual(await providerOf("aws", tier, own), {
                enableServerSideApply: "true",
                // The endpoint contains an id of the cluster: a new cluster has another one.
                clusterIdentifier: "https://eks.example",
                kubeconfig: secretConfig(
                    `ecommerce-eks-${tier}`,
                    { server: "https://eks.example", "certificate-authority-data": "RUtT" },
                    {
                        command: "aws",
                        args: [
                            ...["eks", "get-token", "--output", "json", "--cluster-name", `ecommerce-eks-${tier}`],
                            ...["--region", region, "--role-arn", "arn:cluster-access"],
                        ],
                        installHint: "install the AWS CLI, version 2",
                    },
                ),
            });
        }
    });

    it("reaches an existing cluster as the machine's kubeconfig says, or with the stack's, as a secret", async () => {
        // Another address is not another cluster: minikube's port changes with each start.
        const usual = { enableServerSideApply: "true", clusterIdentifier: "dev" };
        assert.deepEqual(await providerOf("existing", "dev"), { ...usual, kubeconfig: "" });
        assert.deepEqual(await providerOf("existing", "dev", { existing: { context: "kind" } }), {
            ...usual,
            kubeconfig: "",
            context: "kind",
        });
        const kubeconfig = [
            "current-context: kind",
            "contexts: [{ name: kind, context: { cluster: one } }]",
            'clusters: [{ name: one, cluster: { server: "https://127.0.0.1:6443" } }]',
        ].join("\n");
        assert.deepEqual(await providerOf("existing", "dev", { existing: { kubeconfig } }), {
            ...usual,
            kubeconfig: { secret: kubeconfig },
        });
        const all = await deployCluster("existing", "dev", { existing: { kubeconfig } });
        const component = inLayer(all, "cluster").find(({ title }) => title === "ExistingCluster cluster");
        assert.deepEqual(component?.outputs, { name: "existing", endpoint: "https://127.0.0.1:6443" });
    });

    it("is named after the context of an existing cluster, and has the endpoint of its kubeconfig", async () => {
        const outputs = async (existing: NonNullable<Settings["existing"]>) => {
            const all = await deployCluster("existing", "dev", { existing });
            return inLayer(all, "cluster").find(({ title }) => title === "ExistingCluster cluster")?.outputs;
        };
        const text = "as the machine's kubeconfig says";
        assert.deepEqual(await outputs({}), { name: "existing", endpoint: text });
        assert.deepEqual(await outputs({ context: "minikube" }), { name: "minikube", endpoint: text });
    });
});

import assert from "node:assert/strict";

import { createCluster } from "../../../components/cluster";
import { computeAgent } from "../../../components/cluster/gcp/keys";
import type { PlatformConfig } from "../../../components/platform";
import type { JsonObject } from "../../../tools/plan";
import { clusterArgs, configOf, created, createdOne } from "../layers";

function program(config: PlatformConfig): () => void {
    return () => {
        createCluster("cluster", clusterArgs(config));
    };
}

const kubernetes = "pulumi:providers:kubernetes";

const gcp = {
    cluster: "gcp:container/cluster:Cluster",
    pool: "gcp:container/nodePool:NodePool",
    grant: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    role: "gcp:projects/iAMMember:IAMMember",
};

describe("the cluster on GCP after creation", () => {
    it("has a kubeconfig without credentials, and the intended service account and keys", async () => {
        const agent = "service-42@container-engine-robot.iam.gserviceaccount.com";
        const all = await created(program(configOf("gcp", "dev")), {
            [gcp.cluster]: {
                endpoint: "192.0.2.1",
                masterAuth: { clusterCaCertificate: "Y2E=" },
                controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: "gke-1.us-central1.gke.goog" } },
            },
            "gcp:serviceaccount/account:Account": { email: "nodes@shop", member: "serviceAccount:nodes@shop" },
            "gcp:projects/serviceIdentity:ServiceIdentity": { email: agent, member: `serviceAccount:${agent}` },
        });
        const provider = createdOne(all, kubernetes, "cluster-kubernetes");
        assert.equal(provider["clusterIdentifier"], "cluster-id");
        const { clusters, users } = JSON.parse(provider["kubeconfig"] as string) as Record<string, JsonObject[]>;
        // The DNS endpoint has a publicly trusted certificate: no certificate authority is set.
        assert.deepEqual(clusters?.[0]?.["cluster"], { server: "https://gke-1.us-central1.gke.goog" });
        const user = users?.[0]?.["user"] as JsonObject;
        assert.deepEqual(Object.keys(user), ["exec"]);
        assert.equal((user["exec"] as JsonObject)["command"], "gke-gcloud-auth-plugin");

        for (const pool of ["app", "database", "cache", "payment"]) {
            const node = createdOne(all, gcp.pool, `cluster-${pool}`)["nodeConfig"] as JsonObject;
            assert.deepEqual([node["serviceAccount"], node["bootDiskKmsKey"]], ["nodes@shop", "cluster-keys-disks-id"]);
        }
        const encryption = createdOne(all, gcp.cluster, "cluster")["databaseEncryption"] as JsonObject;
        assert.equal(encryption["keyName"], "cluster-keys-database-id");
        assert.equal(createdOne(all, gcp.grant, "cluster-keys-database")["member"], `serviceAccount:${agent}`);
        assert.equal(
            createdOne(all, gcp.grant, "cluster-keys-disks")["member"],
            "serviceAccount:service-42@compute-system.iam.gserviceaccount.com",
        );
        // G13: write logs and metrics and pull images only.
        const roles = all.filter(({ type }) => type === gcp.role).map(({ inputs: grant }) => grant);
        assert.deepEqual(roles.map((grant) => [grant["role"], grant["member"]]).sort(), [
            ["roles/artifactregistry.reader", "serviceAccount:nodes@shop"],
            ["roles/container.defaultNodeServiceAccount", "serviceAccount:nodes@shop"],
        ]);
    });

    it("is accessed by address, with its certificate authority, where the DNS endpoint is disabled (G2)", async () => {
        const all = await created(program(configOf("gcp", "prod", { cluster: { dnsEndpoint: false } })), {
            [gcp.cluster]: { endpoint: "172.31.240.2", masterAuth: { clusterCaCertificate: "Y2E=" } },
            "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-42@x", member: "serviceAccount:x" },
        });
        const text = createdOne(all, kubernetes, "cluster-kubernetes")["kubeconfig"] as string;
        const { clusters } = JSON.parse(text) as Record<string, JsonObject[]>;
        assert.deepEqual(clusters?.[0]?.["cluster"], {
            server: "https://172.31.240.2",
            "certificate-authority-data": "Y2E=",
        });
    });

    it("derives Compute Engine's agent from GKE's", () => {
        assert.equal(
            computeAgent("service-7@container-engine-robot.iam.gserviceaccount.com"),
            "service-7@compute-system.iam.gserviceaccount.com",
        );
    });
});

const aws = {
    addon: "aws:eks/addon:Addon",
    cluster: "aws:eks/cluster:Cluster",
    role: "aws:iam/role:Role",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
};

describe("the cluster on AWS after creation", () => {
    it("has one role with access (E5, E6); every other role is for one service (E11, E12)", async () => {
        const all = await created(program(configOf("aws", "dev")), {
            [aws.cluster]: {
                endpoint: "https://eks.example",
                certificateAuthority: { data: "Y2E=" },
                arn: "arn:cluster",
            },
            [aws.role]: { arn: "arn:role" },
        });
        const text = createdOne(all, kubernetes, "cluster-kubernetes")["kubeconfig"] as string;
        const { users } = JSON.parse(text) as Record<string, JsonObject[]>;
        const { exec } = users?.[0]?.["user"] as Record<string, JsonObject>;
        assert.equal(exec?.["command"], "aws");
        assert.deepEqual(exec["args"], [
            ...["eks", "get-token", "--output", "json", "--cluster-name", "ecommerce-eks-dev"],
            ...["--region", "us-east-1", "--role-arn", "arn:role"],
        ]);
        const association = createdOne(
            all,
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
            "cluster-access",
        );
        assert.equal(association["principalArn"], "arn:role");
        assert.deepEqual(association["accessScope"], { type: "cluster" });

        const trust = (name: string) => {
            const policy = JSON.parse(createdOne(all, aws.role, name)["assumeRolePolicy"] as string) as JsonObject;
            const [statement, ...more] = policy["Statement"] as JsonObject[];
            assert.deepEqual(more, []);
            return statement ?? {};
        };
        assert.equal(createdOne(all, aws.role, "cluster-access")["name"], "ecommerce-eks-dev-admin");
        assert.deepEqual(trust("cluster-access")["Principal"], { AWS: "arn:aws:iam::123456789012:root" });
        for (const [name, account] of [
            ["cluster-base-vpc-cni", "aws-node"],
            ["cluster-addons-aws-ebs-csi-driver", "ebs-csi-controller-sa"],
        ] as const) {
            assert.deepEqual(trust(name), {
                Effect: "Allow",
                Principal: { Service: "pods.eks.amazonaws.com" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Condition: {
                    StringEquals: {
                        "aws:RequestTag/eks-cluster-arn":
                            "arn:aws:eks:us-east-1:123456789012:cluster/ecommerce-eks-dev",
                        "aws:RequestTag/kubernetes-namespace": "kube-system",
                        "aws:RequestTag/kubernetes-service-account": account,
                    },
                },
            });
            const addon = createdOne(all, aws.addon, name);
            assert.equal((addon["podIdentityAssociations"] as JsonObject[]).length, 1);
        }
        const policies = all
            .filter(({ type, name }) => type === aws.attachment && name.startsWith("cluster-nodes-"))
            .map(({ inputs: attachment }) => (attachment["policyArn"] as string).split("/").pop());
        assert.deepEqual(policies.sort(), ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"]);
    });
});

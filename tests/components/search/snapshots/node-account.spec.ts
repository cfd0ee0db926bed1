import assert from "node:assert/strict";

import { inputOf, inputsOf, waits } from "../../deployed";
import { deployment } from "../../deployment";

const own = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith("search-nodes")));

const account = (more: object) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: {
        name: "search-es",
        namespace: "data",
        labels: {
            "app.kubernetes.io/name": "search-es",
            "app.kubernetes.io/part-of": "ecommerce-platform",
            "app.kubernetes.io/instance": "search-es",
            "app.kubernetes.io/component": "search",
            "app.kubernetes.io/managed-by": "pulumi",
        },
        ...more,
    },
    automountServiceAccountToken: false,
});

describe("the service account of Elasticsearch's nodes (BK-06, SC-07)", () => {
    it("may write its folder of the bucket on Google Cloud, and has no key", async () => {
        const { resources } = await deployment("gcp", "prod");
        const bucket = "shop-project-prod-backup";
        const member = "serviceAccount:search-nodes@shop";
        assert.deepEqual(own(inputsOf(resources, "gcp:storage/bucketIAMMember:BucketIAMMember")), {
            "search-nodes-objects": {
                bucket,
                role: "roles/storage.objectUser",
                member,
                condition: {
                    title: "only-its-own",
                    expression: `resource.name.startsWith("projects/_/buckets/${bucket}/objects/elasticsearch/")`,
                },
            },
            "search-nodes-bucket": { bucket, role: "roles/storage.legacyBucketReader", member },
        });
        assert.deepEqual(own(inputsOf(resources, "gcp:serviceaccount/iAMMember:IAMMember")), {
            "search-nodes-user": {
                serviceAccountId: "search-nodes-name",
                role: "roles/iam.workloadIdentityUser",
                member: "serviceAccount:shop-project.svc.id.goog[data/search-es]",
            },
        });
        assert.deepEqual(
            inputOf(resources, "kubernetes:core/v1:ServiceAccount", "search-nodes-account"),
            account({ annotations: { "iam.gke.io/gcp-service-account": "search-nodes@shop" } }),
        );
        assert.deepEqual(inputsOf(resources, "gcp:serviceaccount/key:Key"), {});
    });

    it("may write its folder of the bucket on AWS, and use its key through S3", async () => {
        const { resources } = await deployment("aws", "prod");
        const bucket = "arn:aws:s3:::shop-backup-prod-123456789012-us-east-1";
        assert.deepEqual(own(inputsOf(resources, "aws:iam/rolePolicy:RolePolicy")), {
            "search-nodes": {
                role: "search-nodes-name",
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: ["s3:ListBucket"],
                            Resource: [bucket],
                            Condition: { StringLike: { "s3:prefix": ["elasticsearch/*"] } },
                        },
                        {
                            Effect: "Allow",
                            Action: ["s3:GetObject", "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
                            Resource: [`${bucket}/elasticsearch/*`],
                        },
                        {
                            Effect: "Allow",
                            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                            Resource: ["arn:storage-buckets-vault-key"],
                            Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
                        },
                    ],
                },
            },
        });
        assert.deepEqual(own(inputsOf(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation")), {
            "search-nodes": {
                clusterName: "ecommerce-eks-prod",
                namespace: "data",
                serviceAccount: "search-es",
                roleArn: "arn:search-nodes",
            },
        });
        const { assumeRolePolicy } = inputOf(resources, "aws:iam/role:Role", "search-nodes");
        assert.deepEqual(assumeRolePolicy, {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "pods.eks.amazonaws.com" },
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                    Condition: {
                        StringEquals: {
                            "aws:RequestTag/eks-cluster-arn":
                                "arn:aws:eks:us-east-1:123456789012:cluster/ecommerce-eks-prod",
                            "aws:RequestTag/kubernetes-namespace": "data",
                            "aws:RequestTag/kubernetes-service-account": "search-es",
                        },
                    },
                },
            ],
        });
        assert.deepEqual(inputOf(resources, "kubernetes:core/v1:ServiceAccount", "search-nodes-account"), account({}));
    });

    it("exists with its rights before the nodes, and the nodes before the jobs", async () => {
        const deployed = await deployment("aws", "prod");
        const of = deployed.resources.filter(({ name }) =>
            ["search-elasticsearch", "search-snapshots-register"].includes(name),
        );
        assert.deepEqual(waits(deployed, of), {
            "Elasticsearch search-elasticsearch": [
                "Certificate search-elasticsearch-certificate",
                "PodIdentityAssociation search-nodes",
                "Release eck",
                "Secret search-users-roles",
                "Secret search-users-users",
                "ServiceAccount search-nodes-account",
            ],
            "CronJob search-snapshots-register": [
                "Elasticsearch search-elasticsearch",
                "Secret search-users-search-snapshots-data",
                "ServiceAccount search-snapshots-register-account",
            ],
        });
    });
});

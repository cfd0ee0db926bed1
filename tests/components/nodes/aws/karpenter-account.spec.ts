import assert from "node:assert/strict";

import type { Tier } from "../../../../config/schema";
import type { JsonObject } from "../../../../tools/plan";
import { countOf, inputOf, inputsOf, optionsOf, outputsOf, waits } from "../../deployed";
import { type Deployed, type Deployment, deployment, inLayer } from "../../deployment";

/** Events by the suffix of their rule: source and kind. */
const events: Readonly<Record<string, readonly [source: string, kind: string]>> = {
    spot: ["aws.ec2", "EC2 Spot Instance Interruption Warning"],
    rebalance: ["aws.ec2", "EC2 Instance Rebalance Recommendation"],
    state: ["aws.ec2", "EC2 Instance State-change Notification"],
    health: ["aws.health", "AWS Health Event"],
};
const keys = Object.keys(events);

describe("each of Karpenter's resources in the account", () => {
    let prod: Deployment;
    let nodes: readonly Deployed[];
    const layer = async (tier: Tier) => inLayer(await deployment("aws", tier), "nodes");
    before(async () => {
        prod = await deployment("aws", "prod");
        nodes = inLayer(prod, "nodes");
    });

    it("is one of these, besides charts and node pools", () => {
        assert.deepEqual(countOf(nodes), {
            "aws:cloudwatch/eventRule:EventRule": 4,
            "aws:cloudwatch/eventTarget:EventTarget": 4,
            "aws:eks/podIdentityAssociation:PodIdentityAssociation": 1,
            "aws:iam/instanceProfile:InstanceProfile": 1,
            "aws:iam/role:Role": 1,
            "aws:iam/rolePolicy:RolePolicy": 1,
            "aws:sqs/queue:Queue": 1,
            "aws:sqs/queuePolicy:QueuePolicy": 1,
            "kubernetes:helm.sh/v3:Release": 2,
            "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": 1,
            "kubernetes:karpenter.sh/v1:NodePool": 2,
        });
        // Deletion waits until nodes are drained, which takes up to an hour.
        const waits = { customTimeouts: { delete: "75m" } };
        assert.deepEqual(optionsOf(nodes), {
            "EC2NodeClass nodes-provisioning-class": waits,
            "NodePool nodes-provisioning-app": waits,
            "NodePool nodes-provisioning-spot": waits,
        });
    });

    it("gives nodes the role of the managed groups (E12)", () => {
        assert.deepEqual(inputsOf(nodes, "aws:iam/instanceProfile:InstanceProfile"), {
            "nodes-karpenter": { path: "/ecommerce/prod/", role: "cluster-nodes-name" },
        });
    });

    it("delivers interruptions to one queue, whose messages expire after five minutes (CL-12)", () => {
        assert.deepEqual(inputsOf(nodes, "aws:sqs/queue:Queue"), {
            "nodes-karpenter": { messageRetentionSeconds: 300, sqsManagedSseEnabled: true },
        });
        assert.deepEqual(
            inputsOf(nodes, "aws:cloudwatch/eventRule:EventRule"),
            Object.fromEntries(
                Object.entries(events).map(([key, [source, kind]]) => [
                    `nodes-karpenter-${key}`,
                    { eventPattern: { source: [source], "detail-type": [kind] } },
                ]),
            ),
        );
        assert.deepEqual(
            inputsOf(nodes, "aws:cloudwatch/eventTarget:EventTarget"),
            Object.fromEntries(
                keys.map((key) => [
                    `nodes-karpenter-${key}`,
                    { rule: `nodes-karpenter-${key}-name`, arn: "arn:nodes-karpenter" },
                ]),
            ),
        );
    });

    it("accepts messages of these rules only, over TLS (E12)", () => {
        assert.deepEqual(inputsOf(nodes, "aws:sqs/queuePolicy:QueuePolicy"), {
            "nodes-karpenter": {
                queueUrl: "https://sqs/nodes-karpenter",
                policy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Sid: "OurRules",
                            Effect: "Allow",
                            Principal: { Service: "events.amazonaws.com" },
                            Action: "sqs:SendMessage",
                            Resource: "arn:nodes-karpenter",
                            Condition: {
                                ArnEquals: { "aws:SourceArn": keys.map((key) => `arn:nodes-karpenter-${key}`) },
                            },
                        },
                        {
                            Sid: "OverTlsOnly",
                            Effect: "Deny",
                            Principal: "*",
                            Action: "sqs:*",
                            Resource: "arn:nodes-karpenter",
                            Condition: { Bool: { "aws:SecureTransport": "false" } },
                        },
                    ],
                },
            },
        });
    });

    it("gives the controller's service account its role, within the stack's account, region and cluster (E11)", async () => {
        for (const tier of ["dev", "staging", "prod"] as const) {
            const all = await layer(tier);
            const cluster = `ecommerce-eks-${tier}`;
            assert.deepEqual(inputsOf(all, "aws:eks/podIdentityAssociation:PodIdentityAssociation"), {
                "nodes-karpenter-controller": {
                    clusterName: cluster,
                    namespace: "kube-system",
                    serviceAccount: "karpenter",
                    roleArn: "arn:nodes-karpenter-controller",
                },
            });
            const policy = inputOf(all, "aws:iam/rolePolicy:RolePolicy", "nodes-karpenter-controller");
            assert.equal(policy["role"], "nodes-karpenter-controller-name");
            const statements = (policy["policy"] as JsonObject)["Statement"] as readonly JsonObject[];
            const allowed = (action: string) =>
                statements
                    .filter(({ Action }) => (Action as readonly string[]).includes(action))
                    .map(({ Resource }) => Resource);
            assert.deepEqual(allowed("iam:PassRole"), [["arn:cluster-nodes"]]);
            assert.deepEqual(allowed("sqs:ReceiveMessage"), [["arn:nodes-karpenter"]]);
            const arn = `arn:aws:eks:us-east-1:123456789012:cluster/${cluster}`;
            assert.deepEqual(allowed("eks:DescribeCluster"), [[arn]]);
        }
    });

    it("exists before what uses it: permissions and queue before Karpenter, Karpenter before its nodes", () => {
        const policies = [
            "NetworkPolicy karpenter-controller-policy",
            "NetworkPolicy vertical-pod-autoscaler-admission-controller-policy",
            "NetworkPolicy vertical-pod-autoscaler-recommender-policy",
            "NetworkPolicy vertical-pod-autoscaler-updater-policy",
        ];
        assert.deepEqual(waits(prod, nodes), {
            "InstanceProfile nodes-karpenter": ["Role cluster-nodes"],
            "Queue nodes-karpenter": [],
            ...Object.fromEntries(keys.map((key) => [`EventRule nodes-karpenter-${key}`, []])),
            ...Object.fromEntries(
                keys.map((key) => [
                    `EventTarget nodes-karpenter-${key}`,
                    [`EventRule nodes-karpenter-${key}`, "Queue nodes-karpenter"],
                ]),
            ),
            "QueuePolicy nodes-karpenter": [
                ...keys.map((key) => `EventRule nodes-karpenter-${key}`).sort(),
                "Queue nodes-karpenter",
            ],
            "Role nodes-karpenter-controller": ["Cluster cluster"],
            "RolePolicy nodes-karpenter-controller": [
                "Queue nodes-karpenter",
                "Role nodes-karpenter-controller",
                "RolePolicyAttachment cluster-nodes-images",
                "RolePolicyAttachment cluster-nodes-worker",
            ],
            "PodIdentityAssociation nodes-karpenter-controller": ["RolePolicy nodes-karpenter-controller"],
            "Release karpenter-crd": policies,
            "Release karpenter": [
                "PodIdentityAssociation nodes-karpenter-controller",
                "QueuePolicy nodes-karpenter",
                "Release karpenter-crd",
            ],
            "EC2NodeClass nodes-provisioning-class": [
                "InstanceProfile nodes-karpenter",
                "Key cluster-keys-disks",
                "Release karpenter",
            ],
            "NodePool nodes-provisioning-app": ["EC2NodeClass nodes-provisioning-class"],
            "NodePool nodes-provisioning-spot": ["EC2NodeClass nodes-provisioning-class"],
        });
    });

    it("is registered as outputs", () => {
        const name = "nodes-karpenter-name";
        assert.deepEqual(outputsOf(nodes), {
            "KarpenterAccount nodes-karpenter": { instanceProfile: name, queueName: name },
            "PodIdentity nodes-karpenter-controller": { annotations: {} },
            "ChartRelease karpenter": { namespaceName: "kube-system" },
            "ChartRelease karpenter-crd": { namespaceName: "kube-system" },
            "NodeProvisioning nodes-provisioning": { pools: ["app", "spot"] },
        });
    });
});

describe("the nodes layer", () => {
    it("creates nothing where the cloud adds nodes, and no spot pool in dev", async () => {
        for (const cloud of ["gcp", "existing"] as const) {
            assert.deepEqual(countOf(inLayer(await deployment(cloud, "prod"), "nodes")), {});
        }
        const dev = inLayer(await deployment("aws", "dev"), "nodes");
        assert.deepEqual(outputsOf(dev)["NodeProvisioning nodes-provisioning"], { pools: ["app"] });
        const staging = inLayer(await deployment("aws", "staging"), "nodes");
        assert.deepEqual(outputsOf(staging)["NodeProvisioning nodes-provisioning"], { pools: ["app", "spot"] });
    });
});

import assert from "node:assert/strict";

import { createCluster } from "../../../../components/cluster";
import { createNodes } from "../../../../components/nodes";
import { karpenterNodes, nodeImageAlias } from "../../../../components/nodes/aws/node-provisioning";
import { eksNodeRelease } from "../../../../components/cluster/versions";
import { equalMachines, machines } from "../../../../config/machines";
import type { Settings } from "../../../../components/platform-config";
import type { Cloud, Tier } from "../../../../config/schema";
import { tierNames } from "../../../../config/schema";
import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import {
    clusterArgs,
    configOf,
    namespaceNames as namespaces,
    inputs,
    created,
    createdOne,
    names,
    planned,
} from "../../layers";

const group = "aws:eks/nodeGroup:NodeGroup";

function program(cloud: Cloud, tier: Tier, own: Partial<Settings> = {}): () => void {
    const config = configOf(cloud, tier, own);
    return () => {
        const { network, ...args } = clusterArgs(config);
        const cluster = createCluster("cluster", { ...args, network });
        createNodes("nodes", { config, cluster, network, namespaces }, { provider: cluster.provider });
    };
}

const plan = (tier: Tier, own: Partial<Settings> = {}) => planned(program("aws", tier, own));
const pool = (all: readonly PlannedResource[], name: string): JsonObject =>
    inputs(all, "kubernetes:karpenter.sh/v1:NodePool", `nodes-provisioning-${name}`)["spec"] as JsonObject;

/** Maximum number of nodes of a pool: its managed group's and Karpenter's. */
function maxNodes(all: readonly PlannedResource[], name: string, machineType: string): number {
    const managed = all.filter(({ type, name: own }) => type === group && own === `cluster-${name}`);
    const fixed = managed.map(({ inputs: own }) => (own["scalingConfig"] as JsonObject)["maxSize"] as number);
    const cpu = Number((pool(all, name)["limits"] as JsonObject)["cpu"]);
    return fixed.reduce((sum, count) => sum + count, 0) + cpu / (machines.aws[machineType]?.vcpu ?? 0);
}

describe("nodes that Karpenter creates", () => {
    let prod: readonly PlannedResource[];
    before(async () => {
        prod = await plan("prod");
    });

    it("are in one node class and two node pools: app and spot", () => {
        const objects = names(prod).filter((name) => name.startsWith("kubernetes:karpenter"));
        assert.deepEqual(objects, [
            "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass nodes-provisioning-class",
            "kubernetes:karpenter.sh/v1:NodePool nodes-provisioning-app",
            "kubernetes:karpenter.sh/v1:NodePool nodes-provisioning-spot",
        ]);
    });

    it("are added to the app pool's six fixed nodes, up to a total of 20 (CL-03)", () => {
        const scaling = inputs(prod, group, "cluster-app")["scalingConfig"];
        assert.deepEqual(scaling, { minSize: 6, maxSize: 6, desiredSize: 6 });
        assert.equal(maxNodes(prod, "app", "m7i.xlarge"), 20);
        assert.deepEqual(pool(prod, "app")["limits"], { cpu: "56" });
        assert.deepEqual(pool(prod, "spot")["limits"], { cpu: "24" });
    });

    for (const tier of tierNames) {
        for (const generation of ["seed", "latest"] as const) {
            it(`add up to the pool's maximum: ${tier}, ${generation}`, async () => {
                const all = await plan(tier, { nodePools: { generation } });
                const app = configOf("aws", tier, { nodePools: { generation } }).nodePools.app;
                assert.ok(app);
                assert.equal(maxNodes(all, "app", app.machineType), app.max);
            });
        }
    }

    it("have one size, so that a CPU limit is a node limit (CL-03), of several families (CL-12)", () => {
        for (const name of ["app", "spot"]) {
            const spec = (pool(prod, name)["template"] as JsonObject)["spec"] as JsonObject;
            const wanted = (spec["requirements"] as JsonObject[]).find(
                ({ key }) => key === "node.kubernetes.io/instance-type",
            );
            const types = wanted?.["values"] as string[];
            assert.deepEqual(types, [
                "m7i.xlarge",
                "m8i.xlarge",
                "m7a.xlarge",
                "m6a.xlarge",
                "m6i.xlarge",
                "m5.xlarge",
            ]);
            assert.ok(types.every((type) => machines.aws[type]?.vcpu === 4 && machines.aws[type].memoryGiB === 16));
        }
        assert.deepEqual(equalMachines("aws", "r7i.large"), ["r7i.large", "r8i.large", "r5.large"]);
        assert.deepEqual(equalMachines("aws", "t3.large"), ["t3.large", "m7i.large", "m8i.large"]);
    });

    it("are on-demand in the app pool, and tainted spot nodes in the spot pool (CL-12)", () => {
        const view = (name: string) => {
            const template = pool(prod, name)["template"] as JsonObject;
            const spec = template["spec"] as JsonObject;
            const capacity = (spec["requirements"] as JsonObject[])[0];
            return [(template["metadata"] as JsonObject)["labels"], spec["taints"], capacity?.["values"]];
        };
        assert.deepEqual(view("app"), [{ workload: "app" }, undefined, ["on-demand"]]);
        assert.deepEqual(view("spot"), [
            { workload: "spot" },
            [{ key: "workload", value: "spot", effect: "NoSchedule" }],
            ["spot"],
        ]);
    });

    it("reference the class by group without version, are in the stack's zones, and are disrupted one at a time", () => {
        const app = pool(prod, "app");
        const spec = (app["template"] as JsonObject)["spec"] as JsonObject;
        assert.deepEqual(spec["nodeClassRef"], { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "private" });
        assert.deepEqual((spec["requirements"] as JsonObject[])[3], {
            key: "topology.k8s.aws/zone-id",
            operator: "In",
            values: ["use1-az1", "use1-az2", "use1-az4"],
        });
        assert.deepEqual(app["disruption"], {
            consolidationPolicy: "WhenEmptyOrUnderutilized",
            consolidateAfter: "5m",
            budgets: [{ nodes: "1" }],
        });
    });

    it("are hardened as nodes of managed groups are (E4, E7, E8, E10)", () => {
        const spec = inputs(prod, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "nodes-provisioning-class")["spec"];
        const { tags, ...rest } = spec as JsonObject;
        assert.deepEqual(tags, {
            "part-of": "ecommerce-platform",
            "managed-by": "pulumi",
            stack: "prod",
            tier: "prod",
        });
        assert.deepEqual(rest, {
            amiSelectorTerms: [{ alias: nodeImageAlias }],
            instanceProfile: "[unknown]",
            subnetSelectorTerms: [{ id: "[unknown]" }, { id: "[unknown]" }, { id: "[unknown]" }],
            // By tag, not by id: the plan does not know the cluster security group's id.
            securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": "ecommerce-eks-prod" } }],
            associatePublicIPAddress: false,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpProtocolIPv6: "disabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            blockDeviceMappings: [
                {
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: "100Gi",
                        encrypted: true,
                        kmsKeyID: "[unknown]",
                        deleteOnTermination: true,
                    },
                },
            ],
        });
        assert.match(nodeImageAlias, /^al2023@v\d{8}$/);
        assert.ok(eksNodeRelease.endsWith(nodeImageAlias.replace("al2023@v", "-")));
    });

    it("do not exist in dev's spot pool and in a pool of fixed size", async () => {
        const fixed = await plan("dev", { nodePools: { app: { min: 6, max: 6 } } });
        assert.deepEqual(
            names(fixed).filter((name) => name.includes("NodePool ") && name.startsWith("kubernetes:")),
            [],
        );
        assert.deepEqual(
            [karpenterNodes("app", { min: 6, max: 20 }), karpenterNodes("spot", { min: 0, max: 6 })],
            [14, 6],
        );
    });

    it("do not exist on other clouds", async () => {
        for (const cloud of ["gcp", "existing"] as const) {
            const all = await planned(program(cloud, "prod"));
            assert.ok(names(all).every((name) => !name.includes("karpenter")));
        }
    });

    it("do not exist in the compact profile, which has three fixed nodes (CL-15)", async () => {
        const all = await plan("dev", { nodePools: { profile: "compact" } });
        assert.ok(names(all).every((name) => !name.includes("karpenter")));
        assert.deepEqual(inputs(all, group, "cluster-backend")["scalingConfig"], {
            minSize: 1,
            maxSize: 1,
            desiredSize: 1,
        });
    });
});

describe("Karpenter's resources in the account", () => {
    it("accept interruption events from these rules only, over TLS, and assign one role (E12)", async () => {
        const all = await created(program("aws", "prod"), {
            "aws:eks/cluster:Cluster": {
                endpoint: "https://eks.example",
                certificateAuthority: { data: "Y2E=" },
                arn: "arn:cluster",
            },
            "aws:iam/role:Role": { arn: "arn:role", name: "role" },
            "aws:sqs/queue:Queue": { arn: "arn:queue", url: "https://queue" },
            "aws:cloudwatch/eventRule:EventRule": { arn: "arn:rule", name: "rule" },
            "aws:iam/instanceProfile:InstanceProfile": { name: "profile" },
        });
        const queue = createdOne(all, "aws:sqs/queue:Queue", "nodes-karpenter");
        assert.deepEqual(queue, { messageRetentionSeconds: 300, sqsManagedSseEnabled: true });
        const text = createdOne(all, "aws:sqs/queuePolicy:QueuePolicy", "nodes-karpenter")["policy"] as string;
        const [allow, deny] = (JSON.parse(text) as { Statement: JsonObject[] }).Statement;
        assert.deepEqual(allow?.["Condition"], { ArnEquals: { "aws:SourceArn": Array(4).fill("arn:rule") } });
        assert.deepEqual(
            [allow["Principal"], allow["Action"]],
            [{ Service: "events.amazonaws.com" }, "sqs:SendMessage"],
        );
        assert.deepEqual(deny?.["Condition"], { Bool: { "aws:SecureTransport": "false" } });
        const patterns = all
            .filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule")
            .map(({ inputs: rule }) => (JSON.parse(rule["eventPattern"] as string) as JsonObject)["detail-type"]);
        assert.deepEqual(patterns.flat().sort(), [
            "AWS Health Event",
            "EC2 Instance Rebalance Recommendation",
            "EC2 Instance State-change Notification",
            "EC2 Spot Instance Interruption Warning",
        ]);
        assert.deepEqual(createdOne(all, "aws:iam/instanceProfile:InstanceProfile", "nodes-karpenter"), {
            path: "/ecommerce/prod/",
            role: "role",
        });
        const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
        const association = createdOne(all, associationType, "nodes-karpenter-controller");
        assert.deepEqual([association["namespace"], association["serviceAccount"]], ["kube-system", "karpenter"]);
        const nodeClass = createdOne(all, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "nodes-provisioning-class");
        const spec = nodeClass["spec"] as JsonObject;
        assert.equal(spec["instanceProfile"], "profile");
    });
});

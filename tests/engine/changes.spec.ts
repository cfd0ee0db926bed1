import assert from "node:assert/strict";
import { join } from "node:path";
import type { Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { promotionChanges } from "./promotion-changes";

interface Change {
    readonly title: string;
    readonly config: Readonly<Record<string, Json>>;
    /** The complete list of operations, as `<op> <type>::<name>`. */
    readonly operations: readonly string[];
}

const key = (name: string): string => `ecommerce-platform:${name}`;

const labelled = { [key("labels")]: { "cost-center": "shop-4711" } };

const zones = ["use1-az1", "use1-az2", "use1-az4"];

const managed = ["app", "cache", "database", "payment"];

/** The managed node groups of prod: pools with volumes have one per zone. */
const groups = ["app", "payment", ...["cache", "database"].flatMap((pool) => zones.map((zone) => `${pool}-${zone}`))];

const pools = ["app", "cache", "database", "database-rest", "payment", "spot"];

/** Changes of one setting each, applied one after the other to a running stack. Rows CL-01 to CL-03. */
const changes: Readonly<Record<"gcp" | "aws", readonly Change[]>> = {
    gcp: [
        {
            title: "a changed chart version updates its release",
            config: { "test:chartVersions": { "cert-manager": "v1.99.0" } },
            operations: ["update kubernetes:helm.sh/v3:Release::cert-manager"],
        },
        {
            title: "a higher maximum of nodes updates the pool",
            config: { [key("nodePools")]: { app: { max: 24 } } },
            operations: ["update gcp:container/nodePool:NodePool::cluster-app"],
        },
        {
            title: "a higher minimum of nodes updates the pool and its placeholder pods",
            config: { [key("nodePools")]: { app: { min: 9, max: 24 } } },
            operations: [
                "update gcp:container/nodePool:NodePool::cluster-app",
                "update kubernetes:apps/v1:Deployment::headroom",
                "update kubernetes:core/v1:ResourceQuota::monitoring-quota",
            ],
        },
        {
            title: "a new label updates the cluster, its pools and the provider that sets default labels",
            config: labelled,
            operations: [
                "update gcp:container/cluster:Cluster::cluster",
                ...pools.map((pool) => `update gcp:container/nodePool:NodePool::cluster-${pool}`),
                "update pulumi:providers:gcp::gcp",
            ],
        },
        {
            title: "changed networks of the control plane update the cluster",
            config: { [key("cluster")]: { authorizedNetworks: ["203.0.113.0/24"] } },
            operations: ["update gcp:container/cluster:Cluster::cluster"],
        },
        {
            title: "without its DNS name the control plane is reached by address",
            config: {
                [key("cluster")]: { authorizedNetworks: ["203.0.113.0/24"], dnsEndpoint: false },
                [key("gcp")]: { project: "ecommerce-platform-prod", privateRunner: true },
            },
            operations: [
                "update gcp:container/cluster:Cluster::cluster",
                "update pulumi:providers:kubernetes::cluster-kubernetes",
            ],
        },
        {
            title: "another machine type updates the pool in place",
            config: { [key("nodePools")]: { app: { min: 9, max: 24 }, database: { machineType: "c2-standard-16" } } },
            operations: [
                "update gcp:container/nodePool:NodePool::cluster-database",
                "update gcp:container/nodePool:NodePool::cluster-database-rest",
            ],
        },
        {
            title: "a flash sale raises maxima, quotas and the number of products in the cache",
            config: { [key("load")]: { profile: "flashSale" } },
            operations: [
                ...["frontend", "inventory", "notification", "payment", "product", "user"].map(
                    (service) => `update kubernetes:autoscaling/v2:HorizontalPodAutoscaler::${service}-autoscaler`,
                ),
                ...["frontend", "payment", "services"].map(
                    (namespace) => `update kubernetes:core/v1:ResourceQuota::${namespace}-quota`,
                ),
                "update kubernetes:keda.sh/v1alpha1:ScaledObject::order-scaler",
                "update kubernetes:batch/v1:CronJob::cache-warm-job",
            ],
        },
    ],
    aws: [
        {
            title: "a changed chart version updates its release",
            config: { "test:chartVersions": { karpenter: "1.15.0" } },
            operations: ["update kubernetes:helm.sh/v3:Release::karpenter"],
        },
        {
            title: "a higher maximum of nodes updates Karpenter's NodePool",
            config: { [key("nodePools")]: { app: { max: 24 } } },
            operations: ["update kubernetes:karpenter.sh/v1:NodePool::nodes-provisioning-app"],
        },
        {
            title: "a new label updates launch templates, node groups and the providers that set default tags",
            config: labelled,
            operations: [
                ...managed.map((pool) => `update aws:ec2/launchTemplate:LaunchTemplate::cluster-${pool}`),
                // A changed template is a new version: EKS replaces the nodes one at a time.
                ...groups.map((group) => `update aws:eks/nodeGroup:NodeGroup::cluster-${group}`),
                "update kubernetes:karpenter.k8s.aws/v1:EC2NodeClass::nodes-provisioning-class",
                "update pulumi:providers:aws::aws",
                "update pulumi:providers:aws::aws-dr",
            ],
        },
        {
            title: "a network for the control plane creates an ingress rule",
            config: { [key("cluster")]: { authorizedNetworks: ["203.0.113.0/24"] } },
            operations: [
                "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::cluster-endpoint-203.0.113.0-24",
            ],
        },
        {
            title: "a transit gateway attaches the VPC, with routes and an ingress rule, and replaces nothing",
            config: {
                [key("aws")]: {
                    accountId: "333333333333",
                    administrators: ["role/ecommerce-deployer"],
                    permissionsBoundary: "ecommerce-prod-boundary",
                    privateRunner: true,
                    transitGateway: "tgw-0123456789abcdef0",
                    connectedNetworks: ["10.200.0.0/16"],
                },
            },
            operations: [
                "create aws:ec2transitgateway/vpcAttachment:VpcAttachment::network-transit",
                ...zones.map((zone) => `create aws:ec2/route:Route::network-transit-${zone}-10.200.0.0-16`),
                "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::cluster-endpoint-10.200.0.0-16",
                "create shop:network:TransitGatewayConnection::network-transit",
            ],
        },
    ],
};

/** Configuration of the promotion runbook: own role, and a third region for copies instead of the lost one. */
const promoted: Readonly<Record<"gcp" | "aws", Readonly<Record<string, Json>>>> = {
    gcp: { [key("gcp")]: { project: "ecommerce-platform-prod", region: "us-east1", drRegion: "us-west1" } },
    aws: {
        [key("aws")]: {
            accountId: "333333333333",
            region: "us-west-2",
            drRegion: "us-east-2",
            privateRunner: true,
            // The replica's stack file has these too.
            administrators: ["role/ecommerce-deployer"],
            permissionsBoundary: "ecommerce-prod-dr-boundary",
        },
    },
};

describe("engine: changes of a running stack", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    for (const cloud of ["gcp", "aws"] as const) {
        describe(`prod on ${cloud}`, () => {
            const name = `changes-${cloud}`;
            let session: Session | undefined;
            before(async () => {
                session = await environment?.start(name, {
                    stack: "prod",
                    config: { [key("cloud")]: cloud },
                    program: join(__dirname, "programs/chart-versions.ts"),
                });
                await session?.succeed({ kind: "up" });
            });
            after(() => environment?.finish(name, session));

            it("an unchanged program has no operations", async () => {
                const outcome = await session?.succeed({ kind: "preview", expectNoChanges: true });
                assert.deepEqual(outcome?.changes, []);
            });

            it("promoting the replica stack creates pods, autoscalers, placeholders and buckets", async () => {
                const other = `promotion-${cloud}`;
                const replica = await environment?.start(other, {
                    stack: "prod-dr",
                    config: { [key("cloud")]: cloud },
                });
                try {
                    await replica?.succeed({ kind: "up" });
                    const outcome = await replica?.succeed({
                        kind: "up",
                        config: { [key("recovery")]: {}, ...promoted[cloud] },
                    });
                    const counts: Record<string, number> = {};
                    for (const { op, urn } of outcome?.changes ?? []) {
                        const kind = `${op} ${typeAndName(urn).split("::")[0] ?? ""}`;
                        counts[kind] = (counts[kind] ?? 0) + 1;
                    }
                    assert.deepEqual(counts, promotionChanges[cloud]);
                    await replica?.succeed({ kind: "preview", expectNoChanges: true });
                } finally {
                    await environment?.finish(other, replica);
                }
            });

            for (const { title, config, operations } of changes[cloud]) {
                it(title, async () => {
                    assert.ok(session);
                    const expected = [...operations].sort();
                    const view = (found: readonly { readonly op: string; readonly urn: string }[]): string[] =>
                        found.map(({ op, urn }) => `${op} ${typeAndName(urn)}`).sort();
                    const preview = await session.succeed({ kind: "preview", config });
                    assert.deepEqual(view(preview.changes), expected, "the preview");
                    const up = await session.succeed({ kind: "up" });
                    // That an update is complete, the next preview shows, which lists every operation.
                    assert.deepEqual(view(up.changes), expected, "the update");
                });
            }

            it("has no operations after the last update", async () => {
                await session?.succeed({ kind: "preview", expectNoChanges: true });
            });
        });
    }
});

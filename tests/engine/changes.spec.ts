import assert from "node:assert/strict";
import { join } from "node:path";
import type { Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { typeAndName } from "./lifecycle";
import { promotionChanges } from "./promotion-changes";

interface Change {
    readonly what: string;
    readonly config: Readonly<Record<string, Json>>;
    /** Everything that it may touch, as `<op> <type>::<name>`; nothing else, and nothing is replaced. */
    readonly touches: readonly string[];
}

const key = (name: string): string => `ecommerce-platform:${name}`;

const labelled = { [key("labels")]: { "cost-center": "shop-4711" } };

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

const managed = ["app", "cache", "database", "payment"];

/** The managed groups of prod: pools with volumes have one a zone. */
const groups = ["app", "payment", ...["cache", "database"].flatMap((pool) => zones.map((zone) => `${pool}-${zone}`))];

const pools = ["app", "cache", "database", "payment", "spot"];

/** One setting at a time, each on top of the others, on a stack that is up. Rows CL-01 to CL-03. */
const changes: Readonly<Record<"gcp" | "aws", readonly Change[]>> = {
    gcp: [
        {
            what: "a chart's version: its release",
            config: { "test:chartVersions": { "cert-manager": "v1.99.0" } },
            touches: ["update kubernetes:helm.sh/v3:Release::cert-manager"],
        },
        {
            what: "more nodes at most: that pool",
            config: { [key("nodePools")]: { app: { max: 24 } } },
            touches: ["update gcp:container/nodePool:NodePool::cluster-app"],
        },
        {
            what: "more nodes at least: that pool, and the placeholders, which are counted by it",
            config: { [key("nodePools")]: { app: { min: 9, max: 24 } } },
            touches: [
                "update gcp:container/nodePool:NodePool::cluster-app",
                "update kubernetes:apps/v1:Deployment::headroom",
                "update kubernetes:core/v1:ResourceQuota::monitoring-quota",
            ],
        },
        {
            what: "a label: the cluster, its pools and the provider that labels the rest",
            config: labelled,
            touches: [
                "update gcp:container/cluster:Cluster::cluster",
                ...pools.map((pool) => `update gcp:container/nodePool:NodePool::cluster-${pool}`),
                "update pulumi:providers:gcp::gcp",
            ],
        },
        {
            what: "who may reach the control plane: the cluster",
            config: { [key("cluster")]: { authorizedNetworks: ["203.0.113.0/24"], dnsEndpoint: true } },
            touches: [
                "update gcp:container/cluster:Cluster::cluster",
                "update pulumi:providers:kubernetes::cluster-kubernetes",
            ],
        },
    ],
    aws: [
        {
            what: "a chart's version: its release",
            config: { "test:chartVersions": { karpenter: "1.15.0" } },
            touches: ["update kubernetes:helm.sh/v3:Release::karpenter"],
        },
        {
            what: "more nodes at most: what Karpenter may make",
            config: { [key("nodePools")]: { app: { max: 24 } } },
            touches: ["update kubernetes:karpenter.sh/v1:NodePool::provisioning-app"],
        },
        {
            what: "a label: what nodes are made from, their groups, and the providers that label the rest",
            config: labelled,
            touches: [
                ...managed.map((pool) => `update aws:ec2/launchTemplate:LaunchTemplate::cluster-${pool}`),
                // A changed template is another version: its nodes are replaced, one at a time.
                ...groups.map((group) => `update aws:eks/nodeGroup:NodeGroup::cluster-${group}`),
                "update kubernetes:karpenter.k8s.aws/v1:EC2NodeClass::provisioning-class",
                "update pulumi:providers:aws::aws",
                "update pulumi:providers:aws::aws-dr",
            ],
        },
        {
            what: "who may reach the control plane: one more way through its door",
            config: { [key("cluster")]: { authorizedNetworks: ["203.0.113.0/24"] } },
            touches: [
                "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::cluster-doorway-203.0.113.0-24",
            ],
        },
    ],
};

/** As the runbook has it: the role, and a third region for the copies, for the lost one takes none. */
const promoted: Readonly<Record<"gcp" | "aws", Readonly<Record<string, Json>>>> = {
    gcp: { [key("gcp")]: { project: "ecommerce-platform-prod", region: "us-east1", drRegion: "us-west1" } },
    aws: { [key("aws")]: { accountId: "333333333333", region: "us-west-2", drRegion: "us-east-2" } },
};

describe("engine: what a change of a running stack touches", () => {
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

            it("is nothing where nothing changed", async () => {
                const outcome = await session?.succeed({ kind: "preview", expectNoChanges: true });
                assert.deepEqual(outcome?.changes, []);
            });

            it("is, for the promotion of its replica: pods, autoscalers, placeholders and buckets", async () => {
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

            for (const { what, config, touches } of changes[cloud]) {
                it(`is, for ${what}`, async () => {
                    assert.ok(session);
                    const expected = [...touches].sort();
                    const view = (found: readonly { readonly op: string; readonly urn: string }[]): string[] =>
                        found.map(({ op, urn }) => `${op} ${typeAndName(urn)}`).sort();
                    const preview = await session.succeed({ kind: "preview", config });
                    assert.deepEqual(view(preview.changes), expected, "the preview");
                    const up = await session.succeed({ kind: "up" });
                    assert.deepEqual(view(up.changes), expected, "the update");
                    await session.succeed({ kind: "preview", expectNoChanges: true });
                });
            }
        });
    }
});

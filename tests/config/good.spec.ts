import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import { resolve } from "../../config/resolve";
import { rules } from "../../config/rules";
import { type Cloud, cloudNames, schema } from "../../config/schema";
import { keyPrefix, validate } from "../../config/validate";
import { clusterMistakes } from "./mistakes/cluster";
import { networkMistakes } from "./mistakes/network";
import { recoveryMistakes } from "./mistakes/recovery";
import { serviceMistakes } from "./mistakes/service";
import { shapeMistakes } from "./mistakes/shape";
import { linesOf, type Mistake, settingsOf } from "./mistakes/types";

const root = join(__dirname, "../..");

/** The keys of a shipped stack file, without the project's prefix. */
function shipped(stack: string): Record<string, unknown> {
    const file = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    return Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key.slice(keyPrefix.length), value]));
}

const digest = `sha256:${"0".repeat(64)}`;

/** Settings at the good edge of each rule: one step further is among the mistakes. */
const good: readonly Omit<Mistake, "line">[] = [
    { what: "the section of another cloud", base: "dev/gcp", set: { "aws.accountId": "123456789012" } },
    {
        what: "another region with its zones",
        base: "dev/gcp",
        set: { "gcp.region": "europe-west1", "gcp.zones": ["europe-west1-b", "europe-west1-c", "europe-west1-d"] },
    },
    {
        what: "another region with its zones (aws)",
        base: "prod/aws",
        set: { "aws.region": "eu-west-1", "aws.zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    },
    { what: "the usual region by name", base: "dev/aws", set: { "aws.region": "us-east-1" } },
    { what: "an authorised /8", base: "prod/gcp", set: { "cluster.authorizedNetworks": ["10.0.0.0/8"] } },
    { what: "a control plane elsewhere", base: "dev/gcp", set: { "network.controlPlane": "172.16.0.16/28" } },
    { what: "a control plane of any size (aws)", base: "dev/aws", set: { "network.controlPlane": "10.0.0.0/16" } },
    { what: "pods within the VPC (aws)", base: "dev/aws", set: { "network.pods": "10.40.0.0/18" } },
    {
        what: "room for 32 nodes of at most 30",
        base: "prod/gcp",
        set: { "network.pods": "10.44.0.0/19", "nodePools.spot.enabled": false },
    },
    { what: "the newest machines in all pools", base: "prod/gcp", set: { "nodePools.generation": "latest" } },
    { what: "the newest machines in all pools (aws)", base: "prod/aws", set: { "nodePools.generation": "latest" } },
    { what: "a group of groups", base: "prod/gcp", set: { "gcp.securityGroup": "gke-security-groups@example.com" } },
    { what: "a managed range of a /24", base: "prod/gcp", set: { "network.managed": "10.49.0.0/24" } },
    { what: "prod by its DNS name", base: "prod/gcp", set: { "cluster.dnsEndpoint": true } },
    { what: "spot nodes asked for in dev", base: "dev/gcp", set: { "nodePools.spot.enabled": true } },
    {
        what: "a third-generation app pool under newest databases",
        base: "prod/gcp",
        set: { "nodePools.generation": "latest", "nodePools.app.machineType": "c3-standard-4" },
    },
    { what: "neighbouring ranges", base: "dev/gcp", set: { "network.services": "10.40.16.0/20" } },
    {
        what: "one range for all on somebody else's cluster",
        base: "dev/existing",
        set: { "network.nodes": "10.0.0.0/8" },
    },
    { what: "as many nodes at least as at most", base: "prod/gcp", set: { "nodePools.app.min": 20 } },
    { what: "one node a zone", base: "prod/gcp", set: { "nodePools.app.min": 3 } },
    { what: "a pool of nothing on somebody else's cluster", base: "dev/existing", set: { "nodePools.app.min": 0 } },
    {
        what: "no payment pool where no pool is dedicated",
        base: "dev/existing",
        set: { "nodePools.payment.enabled": false, "existing.dedicatedPools": false },
    },
    { what: "another machine", base: "prod/gcp", set: { "nodePools.database.machineType": "c3-standard-8" } },
    {
        what: "another confidential machine",
        base: "prod/gcp",
        set: { "nodePools.payment.machineType": "c3-standard-4" },
    },
    {
        what: "an ordinary machine for test cards",
        base: "dev/gcp",
        set: { "nodePools.payment.machineType": "e2-standard-4" },
    },
    {
        what: "payments in plain memory before prod",
        base: "staging/gcp",
        set: { "nodePools.payment.confidential": false },
    },
    { what: "looser spread before prod", base: "staging/gcp", set: { "scheduling.spread": "preferred" } },
    { what: "a public control plane before prod", base: "staging/aws", set: { "cluster.privateEndpoint": false } },
    {
        what: "a public control plane that is not ours",
        base: "prod/existing",
        set: { "cluster.privateEndpoint": true },
    },
    { what: "another maintenance window", base: "prod/gcp", set: { "cluster.maintenanceWindow": "30 2 * * sun" } },
    { what: "prod's floor as it is", base: "prod/gcp", set: { "services.payment.minReplicas": 2 } },
    { what: "fewest and most the same", base: "prod/gcp", set: { "services.order.minReplicas": 15 } },
    { what: "fewer than prod's floor in staging", base: "staging/gcp", set: { "services.product.minReplicas": 1 } },
    { what: "replicas where nothing autoscales", base: "dev/gcp", set: { "services.order.replicas": 3 } },
    { what: "an image by tag before prod", base: "staging/gcp", set: { "services.order.image": "order:1.4.2" } },
    { what: "charts from a registry", base: "prod/gcp", set: { "charts.source": "oci://registry.example.com/charts" } },
    { what: "charts from a folder", base: "prod/aws", set: { "charts.source": "./charts" } },
    { what: "charts from a folder beside", base: "prod/aws", set: { "charts.source": "../charts" } },
    { what: "charts from a folder of the machine", base: "dev/gcp", set: { "charts.source": "/srv/charts" } },
    { what: "images from a mirror", base: "prod/gcp", set: { "images.mirror": "registry.example.com/mirror" } },
    { what: "images from a mirror on a port", base: "prod/gcp", set: { "images.mirror": "mirror:5000" } },
    {
        what: "an own image on the mirror's registry",
        base: "prod/aws",
        set: {
            "images.mirror": "registry.example.com/mirror",
            "services.order.image": `registry.example.com/shop/order@${digest}`,
        },
    },
    { what: "a metrics-server that is there", base: "prod/existing", set: { "existing.metricsServer": "present" } },
    {
        what: "unsigned kubelets before prod",
        base: "dev/existing",
        set: { "existing.metricsServer": "install-insecure" },
    },
    {
        what: "unsigned kubelets that are not there",
        base: "prod/gcp",
        set: { "existing.metricsServer": "install-insecure" },
    },
    { what: "an image by digest", base: "prod/gcp", set: { "services.order.image": `shop/order@${digest}` } },
    { what: "an image by tag and digest", base: "prod/gcp", set: { "services.order.image": `shop/order:1@${digest}` } },
    { what: "a request as large as the limit", base: "prod/gcp", set: { "resources.cpuRequest": "2000m" } },
    { what: "another second region", base: "prod/gcp", set: { "gcp.drRegion": "us-west1" } },
    { what: "copies overseas on aws", base: "prod/aws", set: { "aws.drRegion": "eu-central-1" } },
    {
        what: "the usual second region as the first",
        base: "prod/aws",
        set: { "aws.region": "us-west-2", "aws.zones": ["us-west-2a", "us-west-2b", "us-west-2c"] },
    },
    {
        what: "a continent of its own without copies",
        base: "dev/gcp",
        set: {
            "gcp.region": "australia-southeast1",
            "gcp.zones": ["australia-southeast1-a", "australia-southeast1-b", "australia-southeast1-c"],
        },
    },
    { what: "a year of audit records", base: "prod/gcp", set: { "audit.retentionDays": 365 } },
    { what: "a month of audit records before prod", base: "staging/aws", set: { "audit.retentionDays": 30 } },
    { what: "audit records of ten years", base: "dev/gcp", set: { "audit.retentionDays": 3650 } },
    { what: "audit records that are not ours", base: "prod/existing", set: { "audit.retentionDays": 30 } },
    { what: "threats watched by the organisation", base: "prod/aws", set: { "aws.guardDuty": false } },
    { what: "a replica", base: "prod/gcp", set: { "recovery.role": "replica", "recovery.replicaOf": "prod" } },
    {
        what: "a replica that is ready for its promotion",
        base: "prod/aws",
        set: { "recovery.role": "replica", "recovery.replicaOf": "prod", "services.order.minReplicas": 4 },
    },
    { what: "a primary that says so", base: "dev/existing", set: { "recovery.role": "primary" } },
    {
        what: "snapshots on an existing cluster",
        base: "dev/existing",
        set: { "existing.snapshotDriver": "rbd.csi.ceph.com" },
    },
    { what: "memory in another unit", base: "prod/gcp", set: { "resources.memoryRequest": "2048Mi" } },
];

describe("good stack files", () => {
    const stacks = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

    it("are the four that are shipped", () => {
        assert.deepEqual(stacks.sort(), ["dev", "local", "prod", "staging"]);
    });

    const clouds = (stack: string): readonly Cloud[] => (stack === "local" ? ["existing"] : cloudNames);
    const cases = stacks.flatMap((stack) => clouds(stack).map((cloud) => ({ stack, cloud })));

    it("are ten with each cloud that they name", () => {
        assert.equal(cases.length, 10);
    });

    for (const { stack, cloud } of cases) {
        it(`Pulumi.${stack}.yaml is one on ${cloud}`, () => {
            const { config, problems } = validate(stack, { ...shipped(stack), cloud }, workloads);
            assert.deepEqual(problems, undefined);
            assert.deepEqual([config.stack, config.cloud], [stack, cloud]);
        });
    }

    for (const entry of good) {
        it(`${entry.what} (${entry.base})`, () => {
            assert.deepEqual(linesOf(settingsOf(entry)), []);
        });
    }

    it("need no payment pool where no service asks for it", () => {
        const others = Object.fromEntries(Object.entries(workloads).filter(([name]) => name !== "payment"));
        const set = { "nodePools.payment.enabled": false };
        const { config } = validate("test", settingsOf({ base: "dev/gcp", set }), others satisfies Workloads);
        assert.deepEqual(Object.keys(config?.nodePools ?? {}), ["app", "database", "cache"]);
    });

    it("make no rule speak, one by one", () => {
        for (const { stack, cloud } of cases) {
            const { config } = validate(stack, { ...shipped(stack), cloud }, workloads);
            assert.ok(config);
            for (const rule of rules) {
                const settings = { ...shipped(stack), cloud } as Parameters<typeof rule>[0]["settings"];
                assert.deepEqual(rule({ settings, config, workloads }), []);
            }
        }
    });

    it("are told from bad ones by every rule: each speaks of some mistake", () => {
        const mistakes = [
            ...clusterMistakes,
            ...networkMistakes,
            ...recoveryMistakes,
            ...serviceMistakes,
            ...shapeMistakes,
        ];
        const sound = mistakes.map(settingsOf).filter((settings) => schema.safeParse(settings).success);
        for (const [index, rule] of rules.entries()) {
            const fires = sound.some((raw) => {
                const settings = schema.parse(raw);
                return rule({ settings, config: resolve("test", settings), workloads }).length > 0;
            });
            assert.ok(fires, `rule ${index} never fires: ${rule.toString().slice(0, 80)}`);
        }
    });
});

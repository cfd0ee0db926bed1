import assert from "node:assert/strict";

import { passwordSha256 } from "../../../../components/cache/valkey/users";
import { cloudNames, tierNames } from "../../../../config/schema";
import { objectOf, passwordOf } from "../../../data/harness/rendered";
import { cachesOf, kinds } from "../caches";
import { containers } from "./expected";

type Spec = Readonly<Record<string, unknown>>;

const labels = (name: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "cache",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/managed-by": "pulumi",
});
const selector = { "app.kubernetes.io/name": "valkey-state", "app.kubernetes.io/part-of": "ecommerce-platform" };
describe("a Valkey cluster's objects (CA-01)", () => {
    const objects = (members: readonly string[], shards: number) =>
        (["valkey-state", "valkey-cache"] as const).flatMap((name) => [
            `ConfigMap ${name}`,
            `Certificate ${name}-certificate`,
            `Job ${name}-formed`,
            `PodMonitor ${name}`,
            `Service ${name}`,
            `Service ${name}-nodes`,
            `ServiceAccount ${name}`,
            `Secret ${name}-users`,
            ...["operator", "replication", "metrics"].map((user) => `Secret ${name}-${user}`),
            ...(name === "valkey-state" ? ["user", "order"] : ["product", "cache-warm"]).map(
                (user) => `Secret ${name}-${user}`,
            ),
            ...members.map((member) => `StatefulSet ${name}-${member}`),
            ...Array.from({ length: shards }, (_, shard) => `PodDisruptionBudget ${name}-${shard}`),
        ]);
    const six = ["0-a", "1-a", "2-a", "0-b", "1-b", "2-b"];
    /** What copies the state to the bucket and back, where there is one (BK-06). */
    const copies = [
        "Certificate valkey-state-backup-certificate",
        "ConfigMap valkey-state-backup",
        ...["backup", "restore"].flatMap((user) => [
            `CronJob valkey-state-${user}`,
            `Secret valkey-state-${user}`,
            `ServiceAccount valkey-state-${user}`,
        ]),
    ];
    const expected = {
        dev: objects(["0-a"], 1),
        staging: objects(six, 3),
        prod: objects(six, 3),
    };

    for (const tier of tierNames) {
        for (const cloud of cloudNames) {
            it(`are these in ${tier} on ${cloud}`, async () => {
                const all = kinds((await cachesOf(cloud, tier)).objects);
                assert.deepEqual(
                    all.filter((one) => one.includes("valkey")),
                    [...expected[tier], ...(cloud === "existing" ? [] : copies)].sort(),
                );
            });
        }
    }

    it("include a StatefulSet with exactly these containers, volumes and claims in prod", async () => {
        const { objects: all } = await cachesOf("gcp", "prod");
        const set = objectOf(all, "StatefulSet", "valkey-state-2-b");
        const { template, ...spec } = set["spec"] as { template: { metadata: Spec; spec: Spec } };
        assert.deepEqual(set["metadata"], {
            name: "valkey-state-2-b",
            namespace: "cache",
            labels: labels("valkey-state-2-b"),
        });
        assert.deepEqual(spec, {
            serviceName: "valkey-state-nodes",
            replicas: 1,
            revisionHistoryLimit: 5,
            selector: { matchLabels: { ...selector, "cache.shop/member": "valkey-state-2-b" } },
            persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
            volumeClaimTemplates: [
                {
                    metadata: { name: "data", labels: selector },
                    spec: {
                        accessModes: ["ReadWriteOnce"],
                        storageClassName: "fast-ssd",
                        resources: { requests: { storage: "8Gi" } },
                    },
                },
            ],
        });
        assert.deepEqual(template.metadata["labels"], {
            ...labels("valkey-state"),
            "cache.shop/shard": "2",
            "cache.shop/place": "0",
            "cache.shop/member": "valkey-state-2-b",
        });
        const { affinity, tolerations, topologySpreadConstraints, ...pod } = template.spec;
        assert.ok(affinity !== undefined && tolerations !== undefined && topologySpreadConstraints !== undefined);
        assert.deepEqual(pod, {
            serviceAccountName: "valkey-state",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            priorityClassName: "platform-addon",
            securityContext: {
                runAsNonRoot: true,
                runAsUser: 10001,
                runAsGroup: 10001,
                fsGroup: 10001,
                fsGroupChangePolicy: "OnRootMismatch",
                seccompProfile: { type: "RuntimeDefault" },
            },
            terminationGracePeriodSeconds: 60,
            containers,
            volumes: [
                { name: "config", configMap: { name: "valkey-state", defaultMode: 0o440 } },
                { name: "users", secret: { secretName: "valkey-state-users", defaultMode: 0o440 } },
                { name: "certificate", secret: { secretName: "valkey-state-certificate", defaultMode: 0o440 } },
            ],
        });
    });

    it("include a budget of each shard, which never lets both of its members go", async () => {
        const { objects: all } = await cachesOf("aws", "prod");
        for (const shard of ["0", "1", "2"]) {
            assert.deepEqual(objectOf(all, "PodDisruptionBudget", `valkey-cache-${shard}`)["spec"], {
                maxUnavailable: 1,
                selector: {
                    matchLabels: {
                        "app.kubernetes.io/name": "valkey-cache",
                        "app.kubernetes.io/part-of": "ecommerce-platform",
                        "cache.shop/shard": shard,
                    },
                },
                unhealthyPodEvictionPolicy: "IfHealthyBudget",
            });
        }
    });

    it("include Services for clients and, before readiness, for members", async () => {
        const { objects: all } = await cachesOf("gcp", "prod");
        const ports = [{ name: "valkey", port: 6379, targetPort: "valkey", protocol: "TCP" }];
        assert.deepEqual(objectOf(all, "Service", "valkey-state")["spec"], { type: "ClusterIP", selector, ports });
        assert.deepEqual(objectOf(all, "Service", "valkey-state-nodes")["spec"], {
            clusterIP: "None",
            selector,
            publishNotReadyAddresses: true,
            ports,
        });
        assert.deepEqual(objectOf(all, "PodMonitor", "valkey-state")["spec"], {
            selector: { matchLabels: selector },
            podMetricsEndpoints: [{ port: "metrics", interval: "30s" }],
        });
    });

    it("include a certificate for all members, as server and as client (SC-06)", async () => {
        const { objects: all } = await cachesOf("gcp", "prod");
        const spec = objectOf(all, "Certificate", "valkey-state-certificate")["spec"] as Spec;
        assert.deepEqual(spec["usages"], ["digital signature", "key encipherment", "server auth", "client auth"]);
        assert.deepEqual(spec["dnsNames"], [
            "valkey-state",
            "valkey-state.cache",
            "valkey-state.cache.svc",
            "valkey-state.cache.svc.cluster.local",
            "*.valkey-state-nodes.cache.svc.cluster.local",
            "localhost",
        ]);
    });

    it("include the users with hashes of their passwords only (SC-05)", async () => {
        const { objects: all } = await cachesOf("gcp", "prod");
        const data = objectOf(all, "Secret", "valkey-state-users")["data"] as Readonly<Record<string, string>>;
        const read = (name: string) => Buffer.from(data[name] ?? "", "base64").toString();
        const password = (user: string) => passwordOf(`valkey-state-users-${user}`);
        assert.deepEqual(
            read("users.acl")
                .split("\n")
                .map((line) => line.split(" ").slice(0, 5).join(" ")),
            [
                "user default reset off -@all",
                ...["operator", "replication", "metrics", "backup", "restore", "user", "order"].map(
                    (user) => `user ${user} reset on #${passwordSha256(password(user))}`,
                ),
                "",
            ],
        );
        assert.equal(read("replication.conf"), `masteruser replication\nmasterauth ${password("replication")}\n`);
        assert.equal(read("operator-password"), password("operator"));
        assert.deepEqual(Object.keys(data).sort(), ["operator-password", "replication.conf", "users.acl"]);
    });

    it("run no pods and wait for none in a replica of the stack (CL-18)", async () => {
        const { objects: all } = await cachesOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "prod" } });
        const sets = all.filter(({ type }) => type.endsWith(":StatefulSet"));
        assert.deepEqual(
            sets.map(({ inputs }) => (inputs["spec"] as { replicas: number }).replicas),
            sets.map(() => 0),
        );
        assert.equal(sets.length, 13);
        assert.deepEqual(
            kinds(all).filter((one) => one.startsWith("Job ")),
            [],
        );
    });
});

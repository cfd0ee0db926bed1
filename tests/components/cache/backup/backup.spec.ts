import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { declareCaches } from "../../../../components/cache/declare";
import { objectOf } from "../../../data/harness/rendered";
import { configOf } from "../../layers";
import { cachesOf, kinds } from "../caches";

const folder = resolve(__dirname, "../../../../components/cache/backup");
const restricted = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
};

/** A script's container; the disk is that of the copies of three shards with 1,173 MiB each in prod. */
const script = (kind: "backup" | "restore", memory: object, env: object[]) => ({
    name: kind,
    image: "docker.io/valkey/valkey:9.1.1-alpine",
    imagePullPolicy: "Always",
    command: ["sh", `/etc/valkey/backup/${kind}.sh`],
    env: [{ name: "FOLDER", value: "/copy" }, ...env],
    resources: memory,
    securityContext: restricted,
    volumeMounts: [
        { name: "copy", mountPath: "/copy" },
        { name: "members", mountPath: "/etc/valkey/config", readOnly: true },
        { name: "scripts", mountPath: "/etc/valkey/backup", readOnly: true },
        { name: "login", mountPath: "/etc/valkey/login", readOnly: true },
        { name: "certificate", mountPath: "/etc/valkey/tls", readOnly: true },
    ],
});

interface Container {
    readonly name: string;
    readonly command: readonly string[];
    readonly env: readonly object[];
}

/** Spec of a CronJob, and of its pod. */
async function jobOf(kind: "backup" | "restore") {
    const { objects } = await cachesOf("gcp", "prod");
    const { spec } = objectOf(objects, "CronJob", `valkey-state-${kind}`) as unknown as {
        spec: {
            schedule: string;
            suspend?: boolean;
            jobTemplate: {
                spec: {
                    activeDeadlineSeconds: number;
                    template: {
                        spec: { initContainers: Container[]; containers: Container[]; volumes: object[] };
                    };
                };
            };
        };
    };
    return { spec, pod: spec.jobTemplate.spec.template.spec };
}

const volumes = (login: string) => [
    { name: "copy", emptyDir: { sizeLimit: "3519Mi" } },
    { name: "members", configMap: { name: "valkey-state", items: [{ key: "members", path: "members" }] } },
    { name: "scripts", configMap: { name: "valkey-state-backup" } },
    { name: "login", secret: { secretName: login, defaultMode: 288 } },
    { name: "certificate", secret: { secretName: "valkey-state-backup-certificate", defaultMode: 288 } },
];

describe("the copies of valkey-state (BK-06)", () => {
    it("are made every six hours: by the scripts, then to the bucket", async () => {
        const { spec, pod } = await jobOf("backup");
        assert.deepEqual(
            [spec.schedule, spec.suspend, spec.jobTemplate.spec.activeDeadlineSeconds],
            ["20 */6 * * *", undefined, 3600],
        );
        const [copy, ...more] = pod.initContainers;
        assert.deepEqual(more, []);
        assert.deepEqual(
            copy,
            script(
                "backup",
                {
                    requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "3519Mi" },
                    limits: { cpu: "500m", memory: "128Mi", "ephemeral-storage": "3583Mi" },
                },
                [],
            ),
        );
        const [upload] = pod.containers;
        assert.deepEqual([upload?.name, upload?.command.slice(-3)], ["upload", ["put", "valkey-state", "/copy"]]);
        assert.deepEqual(upload?.env, [
            { name: "BUCKET", value: "gs://backups" },
            { name: "KEEP_DAYS", value: "7" },
        ]);
        assert.deepEqual(pod.volumes, volumes("valkey-state-backup"));
    });

    it("are restored by a Job that a person creates, which can load a whole shard", async () => {
        const { spec, pod } = await jobOf("restore");
        assert.equal(spec.suspend, true);
        const [download] = pod.initContainers;
        assert.deepEqual([download?.name, download?.command.slice(-3)], ["download", ["get", "valkey-state", "/copy"]]);
        assert.deepEqual(download?.env, [
            { name: "BUCKET", value: "gs://backups" },
            { name: "COPY", value: "" },
        ]);
        assert.deepEqual(pod.containers, [
            script(
                "restore",
                {
                    requests: { cpu: "150m", memory: "2Gi", "ephemeral-storage": "3519Mi" },
                    limits: { cpu: "1", memory: "2Gi", "ephemeral-storage": "3583Mi" },
                },
                [{ name: "LOCAL_ADDRESS", value: "127.0.0.1" }],
            ),
        ]);
        assert.deepEqual(pod.volumes, volumes("valkey-state-restore"));
    });

    it("have the scripts of the folder as they are", async () => {
        const { objects } = await cachesOf("gcp", "prod");
        const { data } = objectOf(objects, "ConfigMap", "valkey-state-backup") as { data: Record<string, string> };
        const names = ["library.sh", "backup.sh", "restore.sh"];
        assert.deepEqual(
            data,
            Object.fromEntries(names.map((name) => [name, readFileSync(resolve(folder, name), "utf8")])),
        );
    });

    it("are reached by their two pods only, which call the cloud and the members", () => {
        const config = configOf("aws", "prod");
        const { pods = [] } = declareCaches(config);
        const labels = (name: string) => ({
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/part-of": "ecommerce-platform",
        });
        const members = { namespace: "cache", labels: { "app.kubernetes.io/name": "valkey-state" } };
        const group = (name: string, resources: object) => ({
            name,
            namespace: "cache",
            labels: labels(name),
            app: { name, component: "cache" },
            source: "object",
            pool: "cache",
            count: { min: 0, max: 1, surge: 0 },
            job: true,
            resources,
            spread: "preferred",
            callers: [],
            calls: ["dns", "cloud", { pods: members, port: 6379 }],
        });
        assert.deepEqual(
            pods.filter(({ name }) => /-(backup|restore)$/.test(name)),
            [
                group("valkey-state-backup", {
                    requests: { cpu: "50m", memory: "128Mi" },
                    limits: { cpu: "500m", memory: "256Mi" },
                }),
                group("valkey-state-restore", {
                    requests: { cpu: "150m", memory: "2Gi" },
                    limits: { cpu: "1", memory: "2Gi" },
                }),
            ],
        );
        const callers = (name: string) => pods.find((one) => one.name === name)?.callers.slice(-2);
        assert.deepEqual(
            callers("valkey-state"),
            ["valkey-state-backup", "valkey-state-restore"].map((name) => ({
                pods: { namespace: "cache", labels: labels(name) },
                port: 6379,
            })),
        );
    });

    it("are not of the caches, and not on an existing cluster or in a replica, which have no bucket of their own", async () => {
        const existing = await cachesOf("existing", "dev");
        const replica = configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "prod" } });
        assert.deepEqual(
            kinds(existing.objects).filter((title) => /backup|restore/.test(title)),
            [],
        );
        assert.deepEqual(
            (declareCaches(replica).pods ?? []).filter(({ name }) => /backup|restore/.test(name)),
            [],
        );
        const { objects } = await cachesOf("gcp", "prod");
        assert.deepEqual(
            kinds(objects).filter((title) => /^CronJob/.test(title)),
            ["CronJob valkey-state-backup", "CronJob valkey-state-restore"],
        );
    });
});

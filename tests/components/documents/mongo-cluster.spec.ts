import assert from "node:assert/strict";

import { type Cloud, cloudNames, type Tier, tierNames } from "../../../config/schema";
import { inputOf, inputsOf, optionsOf, waits } from "../deployed";
import { resources } from "../helm/expected";
import { labelsOf, mongoDeployment, ownObjects } from "./stack";

const type = "kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB";

interface Shape {
    readonly members: number;
    readonly cpu: readonly [request: string, limit: string];
    readonly memory: string;
    readonly size: string;
}

const shapes: Readonly<Record<Tier, Shape>> = {
    dev: { members: 1, cpu: ["100m", "1"], memory: "1Gi", size: "10Gi" },
    staging: { members: 3, cpu: ["250m", "1"], memory: "2Gi", size: "20Gi" },
    prod: { members: 3, cpu: ["500m", "2"], memory: "4Gi", size: "100Gi" },
};

const memberLabels = {
    "app.kubernetes.io/name": "percona-server-mongodb",
    "app.kubernetes.io/instance": "documents",
    "app.kubernetes.io/component": "mongod",
    "app.kubernetes.io/replset": "rs0",
};

const security = { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } };

const backups = (bucket: unknown) => ({
    enabled: true,
    image: "docker.io/percona/percona-backup-mongodb:2.12.0",
    resources: resources("50m", "128Mi", "500m", "512Mi"),
    containerSecurityContext: { ...security, readOnlyRootFilesystem: true },
    volumeMounts: [{ name: "backup-tmp", mountPath: "/tmp" }],
    storages: { bucket: { type: "s3", s3: { bucket, region: "us-east-1", prefix: "mongodb" } } },
    pitr: { enabled: false },
    tasks: [
        {
            name: "daily",
            enabled: true,
            schedule: "0 3 * * *",
            storageName: "bucket",
            type: "logical",
            compressionType: "gzip",
            retention: { type: "count", count: 7, deleteFromStorage: true },
        },
    ],
});

function placement(tier: Tier): object {
    const required = tier !== "dev";
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: memberLabels } };
    const database = { matchExpressions: [{ key: "workload", operator: "In", values: ["database"] }] };
    return {
        affinity: {
            advanced: {
                nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [database] } },
                podAntiAffinity: required
                    ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
                    : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] },
            },
        },
        tolerations: [{ key: "workload", value: "database", effect: "NoSchedule", operator: "Equal" }],
        topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
            labelSelector: { matchLabels: memberLabels },
            nodeTaintsPolicy: "Honor",
            nodeAffinityPolicy: "Honor",
        })),
        priorityClassName: "platform-addon",
    };
}

function replicaSet(cloud: Cloud, tier: Tier): object {
    const { members, cpu, memory, size } = shapes[tier];
    return {
        name: "rs0",
        size: members,
        ...placement(tier),
        serviceAccountName: "documents",
        resources: resources(cpu[0], memory, cpu[1], memory),
        podSecurityContext: {
            runAsNonRoot: true,
            runAsUser: 1001,
            runAsGroup: 1001,
            fsGroup: 1001,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        },
        containerSecurityContext: security,
        podDisruptionBudget: { maxUnavailable: 1 },
        storage: { engine: "wiredTiger", wiredTiger: { engineConfig: { cacheSizeRatio: 0.5 } } },
        configuration: "security:\n  enableEncryption: false\n",
        volumeSpec: {
            persistentVolumeClaim: {
                storageClassName: "fast-ssd",
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: size } },
            },
        },
        ...(cloud === "aws" ? { sidecarVolumes: [{ name: "backup-tmp", emptyDir: { sizeLimit: "64Mi" } }] } : {}),
    };
}

function expected(cloud: Cloud, tier: Tier, bucket: unknown): object {
    return {
        apiVersion: "psmdb.percona.com/v1",
        kind: "PerconaServerMongoDB",
        metadata: {
            name: "documents",
            namespace: "data",
            labels: labelsOf("documents"),
            annotations: { "pulumi.com/waitFor": "jsonpath={.status.state}=ready" },
        },
        spec: {
            crVersion: "1.22.0",
            image: "docker.io/percona/percona-server-mongodb:8.0.19-7",
            initImage: "docker.io/percona/percona-server-mongodb-operator:1.22.0",
            initContainerSecurityContext: { ...security, readOnlyRootFilesystem: true },
            imagePullPolicy: "Always",
            updateStrategy: "SmartUpdate",
            upgradeOptions: { apply: "disabled" },
            ...(tier === "dev" ? { unsafeFlags: { replsetSize: true } } : {}),
            tls: { mode: "requireTLS", allowInvalidCertificates: false },
            secrets: { users: "documents-system-users", ssl: "documents-tls", keyFile: "documents-key-file" },
            users: [
                {
                    name: "schema",
                    db: "shop",
                    passwordSecretRef: { name: "documents-schema", key: "password" },
                    roles: [{ name: "dbAdmin", db: "shop" }],
                },
            ],
            sharding: { enabled: false },
            replsets: [replicaSet(cloud, tier)],
            backup:
                cloud === "aws"
                    ? backups(bucket)
                    : { enabled: false, image: "docker.io/percona/percona-backup-mongodb:2.12.0" },
        },
    };
}

describe("the MongoDB cluster (MG-01)", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`is exactly this in ${tier} on ${cloud}`, async () => {
                const { resources: all } = await mongoDeployment(cloud, tier);
                const bucket = `shop-backup-${tier}-123456789012-us-east-1`;
                assert.deepEqual(inputsOf(all, type), { "documents-mongodb": expected(cloud, tier, bucket) });
            });
        }
    }

    it("is protected where the stack is, and waited for", async () => {
        const options = async (tier: Tier) =>
            optionsOf(ownObjects(await mongoDeployment("gcp", tier)))["PerconaServerMongoDB documents-mongodb"];
        const customTimeouts = { create: "30m", update: "60m" };
        assert.deepEqual(await options("prod"), { protect: true, customTimeouts });
        assert.deepEqual(await options("dev"), { customTimeouts });
    });

    it("is created after the operator, its certificate and its users, and on AWS after its permissions", async () => {
        const all = await mongoDeployment("aws", "prod");
        assert.deepEqual(waits(all, ownObjects(all))["PerconaServerMongoDB documents-mongodb"], [
            "Certificate documents-mongodb-certificate",
            "PodDisruptionBudget psmdb-operator-operator-budget",
            "PodIdentityAssociation documents-members",
            "Release psmdb-operator",
            "Secret documents-users-schema-data",
            "ServiceAccount documents-mongodb-account",
        ]);
    });

    it("has a certificate for servers and clients, with the names of all members", async () => {
        const { resources: all } = await mongoDeployment("gcp", "prod");
        const certificate = "kubernetes:cert-manager.io/v1:Certificate";
        const { spec } = inputOf(all, certificate, "documents-mongodb-certificate");
        const { dnsNames, secretName, usages, issuerRef, commonName } = spec as Record<string, unknown>;
        const names = ["", ".data", ".data.svc", ".data.svc.cluster.local"].map((suffix) => `documents-rs0${suffix}`);
        assert.deepEqual(
            { dnsNames, secretName, usages, issuerRef, commonName },
            {
                secretName: "documents-tls",
                commonName: "documents-rs0",
                usages: ["digital signature", "key encipherment", "server auth", "client auth"],
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "platform-internal" },
                dnsNames: [...names, ...names.map((name) => `*.${name}`), "localhost"],
            },
        );
    });

    it("has an account without a token", async () => {
        const { resources: all } = await mongoDeployment("gcp", "prod");
        const { automountServiceAccountToken, metadata } = inputOf(
            all,
            "kubernetes:core/v1:ServiceAccount",
            "documents-mongodb-account",
        );
        assert.equal(automountServiceAccountToken, false);
        assert.deepEqual(metadata, {
            name: "documents",
            namespace: "data",
            labels: labelsOf("documents"),
        });
    });
});

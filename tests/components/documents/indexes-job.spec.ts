import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { inputsOf } from "../deployed";
import { containerSecurity, podSecurity } from "../helm/expected";
import { labelsOf, mongoDeployment, ownObjects } from "./stack";

const folder = join(__dirname, "../../../components/documents/scripts");
const scripts = Object.fromEntries(
    ["run.js", "indexes.js"].map((name) => [name, readFileSync(join(folder, name), "utf8")]),
);
const image = "docker.io/percona/percona-server-mongodb:8.0.19-7";
const hash = createHash("sha256")
    .update(JSON.stringify([scripts, image]))
    .digest("hex")
    .slice(0, 10);
const name = "documents-indexes";
const labels = labelsOf(name);

const secret = (volume: string, secretName: string) => ({ name: volume, secret: { secretName, defaultMode: 0o440 } });
const mount = (volume: string, mountPath: string) => ({ name: volume, mountPath, readOnly: true });

const pod = {
    restartPolicy: "Never",
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    affinity: {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                {
                    weight: 100,
                    podAffinityTerm: {
                        topologyKey: "kubernetes.io/hostname",
                        labelSelector: {
                            matchLabels: {
                                "app.kubernetes.io/name": name,
                                "app.kubernetes.io/part-of": "ecommerce-platform",
                            },
                        },
                    },
                },
            ],
        },
    },
    containers: [
        {
            name: "mongosh",
            image,
            imagePullPolicy: "Always",
            command: ["mongosh", "--nodb", "--norc", "--quiet", "--file", "/scripts/run.js"],
            env: Object.entries({
                MONGODB_HOST: "documents-rs0.data.svc.cluster.local",
                MONGODB_PORT: "27017",
                MONGODB_DATABASE: "shop",
                MONGODB_REPLICA_SET: "rs0",
                MONGODB_USER: "schema",
                HOME: "/tmp",
            }).map(([key, value]) => ({ name: key, value })),
            resources: {
                requests: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "128Mi" },
                limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
            },
            securityContext: containerSecurity,
            volumeMounts: [
                mount("scripts", "/scripts"),
                mount("credentials", "/var/run/secrets/credentials"),
                mount("certificate", "/var/run/secrets/certificate"),
                { name: "tmp", mountPath: "/tmp" },
            ],
        },
    ],
    volumes: [
        { name: "scripts", configMap: { name: `${name}-${hash}` } },
        secret("credentials", "documents-schema"),
        secret("certificate", "documents-indexes-certificate"),
        { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
    ],
};

describe("the Job of MongoDB's collections and indexes (MG-01)", () => {
    it("is exactly this", async () => {
        const own = ownObjects(await mongoDeployment("gcp", "prod"));
        assert.deepEqual(inputsOf(own, "kubernetes:batch/v1:Job"), {
            [name]: {
                apiVersion: "batch/v1",
                kind: "Job",
                metadata: { name: `${name}-${hash}`, namespace: "data", labels },
                spec: {
                    backoffLimit: 3,
                    activeDeadlineSeconds: 1800,
                    ttlSecondsAfterFinished: 86_400,
                    template: { metadata: { labels }, spec: pod },
                },
            },
        });
    });

    it("runs scripts of a ConfigMap that cannot change, and that has no secret", async () => {
        const own = ownObjects(await mongoDeployment("gcp", "prod"));
        assert.deepEqual(inputsOf(own, "kubernetes:core/v1:ConfigMap"), {
            "documents-indexes-scripts": {
                apiVersion: "v1",
                kind: "ConfigMap",
                metadata: { name: `${name}-${hash}`, namespace: "data", labels },
                data: scripts,
                immutable: true,
            },
        });
    });

    it("has an account without a token, and a certificate of a client", async () => {
        const own = ownObjects(await mongoDeployment("gcp", "prod"));
        const account = inputsOf(own, "kubernetes:core/v1:ServiceAccount")["documents-indexes-account"];
        assert.equal(account?.["automountServiceAccountToken"], false);
        const certificates = inputsOf(own, "kubernetes:cert-manager.io/v1:Certificate");
        const { commonName, usages, secretName } = certificates["documents-indexes-certificate"]?.["spec"] as Record<
            string,
            unknown
        >;
        assert.deepEqual(
            { commonName, usages, secretName },
            {
                commonName: name,
                usages: ["digital signature", "key encipherment", "client auth"],
                secretName: "documents-indexes-certificate",
            },
        );
    });
});

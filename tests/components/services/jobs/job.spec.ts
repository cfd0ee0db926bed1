import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Tier } from "../../../../config/schema";
import { type JsonObject } from "../../../../tools/plan";
import { valkeyVariables } from "../../cache/callers";
import { inputOf, waits } from "../../deployed";
import { deployment, inLayer } from "../../deployment";
import { postgresVariables } from "../../database/callers";
import { one } from "../../layers";
import { shipped } from "../../shipped";
import { expectedLabels } from "../shop";

const source = (file: string) => readFileSync(join("components/services/jobs", file), "utf8");

/** Products of each tier, repeated from the configuration. */
const products: Readonly<Record<Tier, string>> = { dev: "20", staging: "100", prod: "500" };

const image = "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie";

const variables = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => ({ name, value }));

/** Variables of the job's stores, as those of a service. */
const storeVariables = (tier: Tier) => ({
    CERTIFICATE: "/var/run/secrets/certificate",
    ...postgresVariables.replicas,
    ...valkeyVariables("cache", "cache-warm", tier),
    CACHE_TTL_POPULAR_PRODUCTS_SECONDS: "1800",
});

const secret = (name: string, secretName: string) => ({ name, secret: { secretName, defaultMode: 0o440 } });

function container(name: string, store: string, command: string[], env: Readonly<Record<string, string>>): JsonObject {
    return {
        name,
        image,
        imagePullPolicy: "Always",
        command,
        env: variables(env),
        resources: {
            requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
            limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "128Mi" },
        },
        securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [
            { name: "work", mountPath: "/work" },
            { name: "certificate", mountPath: "/var/run/secrets/certificate", readOnly: true },
            // Of its own store only.
            { name: `store-${store}`, mountPath: `/var/run/secrets/stores/${store}`, readOnly: true },
        ],
    };
}

const spread = {
    podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
            {
                weight: 100,
                podAffinityTerm: {
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: {
                        matchLabels: {
                            "app.kubernetes.io/name": "cache-warm",
                            "app.kubernetes.io/part-of": "ecommerce-platform",
                        },
                    },
                },
            },
        ],
    },
};

const cronJob = (tier: Tier): JsonObject => ({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "cache-warm", namespace: "services", labels: expectedLabels("cache-warm", "job") },
    spec: {
        schedule: "*/10 * * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
            spec: {
                backoffLimit: 3,
                activeDeadlineSeconds: 300,
                ttlSecondsAfterFinished: 604_800,
                template: {
                    metadata: { labels: expectedLabels("cache-warm", "job") },
                    spec: {
                        securityContext: {
                            runAsNonRoot: true,
                            runAsUser: 10001,
                            runAsGroup: 10001,
                            fsGroup: 10001,
                            fsGroupChangePolicy: "OnRootMismatch",
                            seccompProfile: { type: "RuntimeDefault" },
                        },
                        affinity: spread,
                        initContainers: [
                            container("read", "postgres-ro", ["sh", "-c", source("popular-products.sh")], {
                                ...storeVariables(tier),
                                FILE: "/work/products",
                                PRODUCTS: products[tier],
                            }),
                        ],
                        containers: [
                            container("write", "valkey-cache", ["python3", "-c", source("warm.py")], {
                                ...storeVariables(tier),
                                FILE: "/work/products",
                                CACHE: "popular-products",
                                GIVE_UP_SECONDS: "45",
                            }),
                        ],
                        volumes: [
                            { name: "work", emptyDir: { sizeLimit: "64Mi" } },
                            secret("certificate", "cache-warm-certificate"),
                            secret("store-postgres-ro", "postgres-cache-warm"),
                            secret("store-valkey-cache", "valkey-cache-cache-warm"),
                        ],
                        restartPolicy: "Never",
                        serviceAccountName: "cache-warm",
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                    },
                },
            },
        },
    },
});

describe("the job cache-warm (CA-08, CA-09, SV-13)", () => {
    for (const { title, tier, replica, plan } of shipped) {
        it(`${replica ? "is not" : "is this"} in ${title}`, async () => {
            const { resources } = await plan();
            const own = resources.filter(({ urn }) => /cache-warm/.test(urn.split("$shop:services:Layer")[1] ?? ""));
            if (replica) {
                assert.deepEqual(
                    resources.filter(({ urn }) => urn.includes("cache-warm")),
                    [],
                );
                return;
            }
            const { inputs } = one(resources, "kubernetes:batch/v1:CronJob", "cache-warm-job");
            assert.deepEqual(inputs, cronJob(tier));
            assert.deepEqual(own.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`).sort(), [
                "CatalogJob cache-warm",
                "Certificate cache-warm-certificate",
                "CronJob cache-warm-job",
                "InternalCertificate cache-warm-certificate",
                "ScheduledJob cache-warm-job",
                "ServiceAccount cache-warm-job-account",
            ]);
        });
    }

    it("has an account without a token, and a client's certificate of its own", async () => {
        const { resources } = await deployment("gcp", "prod");
        assert.deepEqual(inputOf(resources, "kubernetes:core/v1:ServiceAccount", "cache-warm-job-account"), {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "cache-warm", namespace: "services", labels: expectedLabels("cache-warm", "job") },
            automountServiceAccountToken: false,
        });
        const { spec } = inputOf(resources, "kubernetes:cert-manager.io/v1:Certificate", "cache-warm-certificate") as {
            spec: JsonObject;
        };
        assert.deepEqual(
            [spec["commonName"], spec["secretName"], spec["usages"]],
            ["cache-warm", "cache-warm-certificate", ["digital signature", "key encipherment", "client auth"]],
        );
    });

    it("is created after its stores accept connections", async () => {
        const all = await deployment("gcp", "prod");
        const found = waits(all, inLayer(all, "services"))["CronJob cache-warm-job"]?.filter(
            (title) => !/^(LimitRange|NetworkPolicy|ResourceQuota|Namespace) /.test(title),
        );
        assert.deepEqual(found, [
            "Certificate cache-warm-certificate",
            "Job database-schema",
            "Job valkey-cache-formed",
            "Pooler database-pooler-ro",
            "Secret database-roles-cache-warm-caller",
            "Secret valkey-cache-users-cache-warm-services",
            "ServiceAccount cache-warm-job-account",
        ]);
    });
});

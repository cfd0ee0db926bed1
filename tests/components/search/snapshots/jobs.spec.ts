import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Json } from "../../../../tools/plan/json";
import { configOf } from "../../layers";
import { policyOf } from "../../../../components/search/snapshots/jobs";
import { inputOf } from "../../deployed";
import { deployment } from "../../deployment";
import { containerSecurity } from "../../helm/expected";

const program = readFileSync(resolve(__dirname, "../../../../components/search/snapshots/snapshots.py"), "utf8");
const type = "kubernetes:batch/v1:CronJob";

const labels = (name: string) => ({
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "search",
    "app.kubernetes.io/managed-by": "pulumi",
});

const mount = (name: string) => ({
    name,
    mountPath: `/var/run/secrets/elasticsearch/${name}`,
    readOnly: true,
});

/** A job in prod, where its pod may be on any node of the application's pool. */
function expected(name: string, kind: string, seconds: number, env: object[]): object {
    const selected = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" };
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: selected } };
    return {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata: { name, namespace: "data", labels: labels(name) },
        spec: {
            schedule: "10 * * * *",
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 3600,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 3,
            ...(kind === "restore" ? { suspend: true } : {}),
            jobTemplate: {
                spec: {
                    backoffLimit: 3,
                    activeDeadlineSeconds: seconds,
                    ttlSecondsAfterFinished: 604_800,
                    template: {
                        metadata: { labels: labels(name) },
                        spec: {
                            securityContext: {
                                runAsNonRoot: true,
                                runAsUser: 10001,
                                runAsGroup: 10001,
                                fsGroup: 10001,
                                fsGroupChangePolicy: "OnRootMismatch",
                                seccompProfile: { type: "RuntimeDefault" },
                            },
                            affinity: {
                                podAntiAffinity: {
                                    preferredDuringSchedulingIgnoredDuringExecution: [
                                        { weight: 100, podAffinityTerm: term },
                                    ],
                                },
                            },
                            containers: [
                                {
                                    name: kind,
                                    image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
                                    imagePullPolicy: "Always",
                                    command: ["python3", "-c", program, kind],
                                    env: [
                                        {
                                            name: "ADDRESS",
                                            value: "https://search-es-http.data.svc.cluster.local:9200",
                                        },
                                        ...env,
                                    ],
                                    resources: {
                                        requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
                                        limits: { cpu: "200m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                                    },
                                    securityContext: containerSecurity,
                                    volumeMounts: [mount("login"), mount("authority")],
                                },
                            ],
                            volumes: [
                                { name: "login", secret: { secretName: name, defaultMode: 0o440 } },
                                {
                                    name: "authority",
                                    // Not its key.
                                    secret: {
                                        secretName: "search-http",
                                        defaultMode: 0o440,
                                        items: [{ key: "ca.crt", path: "ca.crt" }],
                                    },
                                },
                            ],
                            restartPolicy: "Never",
                            serviceAccountName: name,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                        },
                    },
                },
            },
        },
    };
}

const policy = {
    schedule: "0 30 3 * * ?",
    name: "<search-{now/d}>",
    repository: "backup",
    config: { indices: ["product", "product-*"], ignore_unavailable: true, include_global_state: false },
    retention: { expire_after: "7d", min_count: 1 },
};

const repositories = {
    gcp: { type: "gcs", settings: { bucket: "shop-project-prod-backup", base_path: "elasticsearch" } },
    aws: {
        type: "s3",
        settings: {
            bucket: "shop-backup-prod-123456789012-us-east-1",
            base_path: "elasticsearch",
            max_multipart_upload_cleanup_size: 0,
        },
    },
} as const;

describe("the jobs of the snapshots (BK-06)", () => {
    for (const cloud of ["gcp", "aws"] as const) {
        it(`are exactly these on ${cloud}: one each hour, and one that is started by hand`, async () => {
            const { resources } = await deployment(cloud, "prod");
            // Documents are parsed.
            const env = (name: string, value: Json) => ({ name, value });
            assert.deepEqual(
                inputOf(resources, type, "search-snapshots-register"),
                expected("search-snapshots", "register", 600, [
                    env("REPOSITORY", repositories[cloud]),
                    env("POLICY", policy),
                ]),
            );
            assert.deepEqual(
                inputOf(resources, type, "search-snapshots-restore"),
                expected("search-restore", "restore", 3600, [env("INDICES", "product,product-*"), env("SNAPSHOT", "")]),
            );
        });
    }

    it("do not exist on an existing cluster, nor an account of the nodes", async () => {
        const { resources } = await deployment("existing", "prod");
        assert.deepEqual(
            resources.map(({ name }) => name).filter((name) => /^search-(snapshots|restore|nodes)/.test(name)),
            [],
        );
    });

    it("write the policy that is configured", () => {
        const config = configOf("aws", "dev", { search: { backup: { schedule: "0 0 5 ? * MON", retentionDays: 30 } } });
        assert.deepEqual(policyOf(config, [], "other"), {
            ...policy,
            schedule: "0 0 5 ? * MON",
            repository: "other",
            config: { ...policy.config, indices: [] },
            retention: { expire_after: "30d", min_count: 1 },
        });
    });
});

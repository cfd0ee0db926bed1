import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { retentionPods } from "../../../../components/database/retention/declare";
import { configOf } from "../../layers";
import { databaseObject, databaseObjects, labelsOf } from "../objects";

const source = (name: string) =>
    readFileSync(resolve(__dirname, `../../../../components/database/retention/${name}.py`), "utf8");

interface Job {
    readonly spec: {
        readonly schedule: string;
        readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: Record<string, unknown> } } };
    };
}

async function podOf(name: string, cloud: "gcp" | "aws") {
    const { spec } = (await databaseObject(`CronJob database-retention-${name}`, cloud, "prod")) as unknown as Job;
    return { schedule: spec.schedule, pod: spec.jobTemplate.spec.template.spec };
}

const container = (name: string, env: Readonly<Record<string, string>>) => ({
    name,
    image: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    imagePullPolicy: "Always",
    command: ["python3", "-c", source(name)],
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    resources: {
        requests: { cpu: "50m", memory: "128Mi", "ephemeral-storage": "64Mi" },
        limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "64Mi" },
    },
    securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
    },
});

describe("the retention of backups beside the operator's", () => {
    const clouds = {
        gcp: ["google-cloud-storage", "gs://shop-project-prod-backup/postgres"],
        aws: ["aws-s3", "s3://shop-backup-prod-123456789012-us-east-1/postgres"],
    } as const;
    for (const [cloud, [provider, destination]] of Object.entries(clouds)) {
        it(`keeps a backup of each of twelve months on ${cloud}, after that of the night (X19)`, async () => {
            const { schedule, pod } = await podOf("monthly", cloud as "gcp" | "aws");
            assert.equal(schedule, "0 5 * * *");
            assert.deepEqual(
                [pod["serviceAccountName"], pod["automountServiceAccountToken"], pod["containers"]],
                [
                    "postgres-monthly",
                    false,
                    [
                        container("monthly", {
                            PROVIDER: provider,
                            DESTINATION: destination,
                            SERVER: "postgres",
                            MONTHS: "12",
                        }),
                    ],
                ],
            );
        });
    }

    it("deletes snapshots after the recovery window (ST-04)", async () => {
        const { schedule, pod } = await podOf("snapshots", "gcp");
        assert.equal(schedule, "30 5 * * *");
        assert.deepEqual(
            [pod["serviceAccountName"], pod["automountServiceAccountToken"], pod["containers"]],
            [
                "postgres-snapshots",
                true,
                [container("snapshots", { NAMESPACE: "data", CLUSTER: "postgres", KEEP_DAYS: "7" })],
            ],
        );
    });

    it("may delete Backups of its namespace, and nothing else", async () => {
        const metadata = { name: "postgres-snapshots", namespace: "data", labels: labelsOf("postgres-snapshots") };
        const rbac = { apiVersion: "rbac.authorization.k8s.io/v1", metadata };
        assert.deepEqual(await databaseObject("Role database-retention-role", "gcp", "prod"), {
            ...rbac,
            kind: "Role",
            rules: [{ apiGroups: ["postgresql.cnpg.io"], resources: ["backups"], verbs: ["delete", "list"] }],
        });
        assert.deepEqual(await databaseObject("RoleBinding database-retention-binding", "gcp", "prod"), {
            ...rbac,
            kind: "RoleBinding",
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "postgres-snapshots" },
            subjects: [{ kind: "ServiceAccount", name: "postgres-snapshots", namespace: "data" }],
        });
    });

    it("calls the cloud or the API, and no database", () => {
        assert.deepEqual(
            retentionPods(configOf("aws", "prod")).map(({ name, calls, callers, count, job }) => [
                name,
                calls,
                callers,
                count,
                job,
            ]),
            [
                ["postgres-monthly", ["dns", "cloud"], [], { min: 0, max: 1, surge: 0 }, true],
                ["postgres-snapshots", ["dns", "api-server"], [], { min: 0, max: 1, surge: 0 }, true],
            ],
        );
    });

    it("is not in a replica, nor on an existing cluster, which has no backups", async () => {
        const titles = Object.keys(await databaseObjects("replica"));
        assert.deepEqual(
            titles.filter((title) => title.includes("retention")),
            [],
        );
        assert.deepEqual(retentionPods(configOf("existing", "dev")), []);
    });
});

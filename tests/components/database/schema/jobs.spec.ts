import assert from "node:assert/strict";

import type { JsonObject } from "../../../../tools/plan";
import { sharedPlan } from "../../../stacks/plans";

interface Pod {
    readonly initContainers?: readonly JsonObject[];
    readonly containers: readonly JsonObject[];
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken: boolean;
}

async function inputsOf(stack: string, kind: string): Promise<{ name: string; inputs: JsonObject }[]> {
    const { resources } = await sharedPlan(stack, "gcp");
    return resources
        .filter(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"] !== undefined)
        .map(({ inputs }) => ({ name: (inputs["metadata"] as { readonly name: string }).name, inputs }));
}

const own = /^(schema-[0-9a-f]{10}|partition-maintenance)$/;
const scheduled = /^(reservation-cleanup|daily-report)$/;
const authority = { name: "authority", mountPath: "/var/run/secrets/authority", readOnly: true };
const passwordOf = (secret: string) => ({
    name: "PGPASSWORD",
    valueFrom: { secretKeyRef: { name: secret, key: "password" } },
});

describe("Jobs of the schema (DB-12, DB-15)", () => {
    it("bring the schema to the stack's version, as its owner, with a verified certificate", async () => {
        const [job, ...more] = (await inputsOf("prod", "Job")).filter(({ name }) => own.test(name));
        assert.deepEqual(more, []);
        const spec = job!.inputs["spec"] as JsonObject;
        const { template, ...rest } = spec;
        assert.deepEqual(rest, { backoffLimit: 6, activeDeadlineSeconds: 1800, ttlSecondsAfterFinished: 86_400 });
        const pod = (template as unknown as { readonly spec: Pod }).spec;
        assert.equal(pod.serviceAccountName, "schema");
        assert.equal(pod.automountServiceAccountToken, false);
        const [migrate] = pod.initContainers!;
        assert.match(migrate!["image"] as string, /docker\.io\/migrate\/migrate:v4\.19\.1$/);
        assert.deepEqual(migrate!["env"], [
            {
                name: "DATABASE_URL",
                value: "pgx5://shop_owner@postgres-rw.data.svc.cluster.local:5432/shop?sslmode=verify-full&sslrootcert=%2Fvar%2Frun%2Fsecrets%2Fauthority%2Fca.crt&lock_timeout=5000",
            },
            passwordOf("postgres-owner"),
        ]);
        assert.deepEqual(migrate!["volumeMounts"], [
            authority,
            { name: "migrations", mountPath: "/sql", readOnly: true },
        ]);
        assert.deepEqual(pod.containers[0]!["args"], [
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            "--file=/sql/access.sql",
        ]);
    });

    it("add the made-up catalogue in dev only", async () => {
        const [job] = (await inputsOf("dev", "Job")).filter(({ name }) => own.test(name));
        const { template } = job!.inputs["spec"] as unknown as { readonly template: { readonly spec: Pod } };
        assert.equal((template.spec.containers[0]!["args"] as string[]).at(-1), "--file=/sql/seed.sql");
    });

    it("create partitions on the first of each month, as a role that may do nothing else", async () => {
        const [cron] = (await inputsOf("prod", "CronJob")).filter(({ name }) => own.test(name));
        const { jobTemplate, ...rest } = cron!.inputs["spec"] as JsonObject;
        assert.deepEqual(rest, {
            schedule: "30 3 1 * *",
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 86_400,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 3,
        });
        const { template } = (
            jobTemplate as unknown as { readonly spec: { readonly template: { readonly spec: Pod } } }
        ).spec;
        const [container] = template.spec.containers;
        assert.equal((container!["args"] as string[]).at(-1), "--command=SELECT shop.create_month_partitions(3)");
        assert.deepEqual((container!["env"] as JsonObject[]).slice(2, 3), [
            { name: "PGUSER", value: "shop_maintenance" },
        ]);
        assert.deepEqual((container!["env"] as JsonObject[]).at(-1), passwordOf("postgres-maintenance"));
    });

    it("release expired reservations and report sales, as the same role (SV-13)", async () => {
        const all = (await inputsOf("prod", "CronJob")).filter(({ name }) => scheduled.test(name));
        assert.deepEqual(
            all.map(({ name, inputs }) => {
                const { schedule, startingDeadlineSeconds, jobTemplate } = inputs["spec"] as unknown as {
                    readonly schedule: string;
                    readonly startingDeadlineSeconds: number;
                    readonly jobTemplate: { readonly spec: { readonly template: { readonly spec: Pod } } };
                };
                const [container, ...more] = jobTemplate.spec.template.spec.containers;
                assert.deepEqual(more, []);
                const user = (container!["env"] as JsonObject[])[2];
                return [name, schedule, startingDeadlineSeconds, (container!["args"] as string[]).at(-1), user];
            }),
            [
                ["daily-report", "15 0 * * *", 3600, "report_daily_sales"],
                ["reservation-cleanup", "*/15 * * * *", 600, "release_expired_reservations"],
            ].map(([name, schedule, late, sql]) => [
                name,
                schedule,
                late,
                `--command=SELECT shop.${sql}()`,
                { name: "PGUSER", value: "shop_maintenance" },
            ]),
        );
    });

    it("are not in a replica, which only reads", async () => {
        for (const kind of ["Job", "CronJob"]) {
            assert.deepEqual(
                (await inputsOf("prod-dr", kind)).filter(({ name }) => own.test(name) || scheduled.test(name)),
                [],
            );
        }
    });
});

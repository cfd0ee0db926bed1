import assert from "node:assert/strict";

import { ScheduledJob, type ScheduledJobArgs } from "../../../components/common/scheduled-job";
import { inputOf } from "../deployed";
import { deploy } from "../deployment";

const labels = {
    "app.kubernetes.io/name": "sweep",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": "sweep",
    "app.kubernetes.io/component": "database",
    "app.kubernetes.io/managed-by": "pulumi",
};

describe("a scheduled job (SV-13)", () => {
    const pod = { containers: [{ name: "sweep", image: "example.com/sweep:1" }] };
    const created = (own: Partial<ScheduledJobArgs> = {}) =>
        deploy(() => {
            const args = { jobName: "sweep", namespace: "data", component: "database", schedule: "5 4 * * *", pod };
            return { name: new ScheduledJob("sweep", { ...args, ...own }).cronJobName };
        });
    const spec = (own: object = {}, job: object = {}, podSpec: object = {}) => ({
        schedule: "5 4 * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        ...own,
        jobTemplate: {
            spec: {
                backoffLimit: 3,
                activeDeadlineSeconds: 1800,
                ttlSecondsAfterFinished: 604_800,
                ...job,
                template: {
                    metadata: { labels },
                    spec: {
                        ...pod,
                        restartPolicy: "Never",
                        serviceAccountName: "sweep",
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        ...podSpec,
                    },
                },
            },
        },
    });
    const metadata = { name: "sweep", namespace: "data", labels };

    it("runs alone, in UTC, and leaves few Jobs", async () => {
        const { resources } = await created();
        assert.deepEqual(inputOf(resources, "kubernetes:batch/v1:CronJob", "sweep"), {
            apiVersion: "batch/v1",
            kind: "CronJob",
            metadata,
            spec: spec(),
        });
    });

    it("has a service account of its own, without a token", async () => {
        const { resources } = await created({ accountAnnotations: { identity: "cloud" } });
        assert.deepEqual(inputOf(resources, "kubernetes:core/v1:ServiceAccount", "sweep-account"), {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { ...metadata, annotations: { identity: "cloud" } },
            automountServiceAccountToken: false,
        });
        // The identities of AWS annotate nothing.
        const plain = await created({ accountAnnotations: {} });
        assert.deepEqual(
            inputOf(plain.resources, "kubernetes:core/v1:ServiceAccount", "sweep-account")["metadata"],
            metadata,
        );
    });

    it("can start late, take long, use the API, or wait for a person", async () => {
        const own = { startWithinSeconds: 60, stopAfterSeconds: 90, token: true, template: true } as const;
        const { resources } = await created(own);
        assert.deepEqual(
            inputOf(resources, "kubernetes:batch/v1:CronJob", "sweep")["spec"],
            spec(
                { startingDeadlineSeconds: 60, suspend: true },
                { activeDeadlineSeconds: 90 },
                { automountServiceAccountToken: true },
            ),
        );
    });
});

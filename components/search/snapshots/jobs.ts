import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import { ScheduledJob } from "../../common/scheduled-job";
import type { LayerConfig } from "../layer-config";
import { indexNames } from "../roles";
import type { SnapshotAccess } from "./access";
import { type SnapshotJob, snapshotNames } from "./names";
import { jobPod } from "./pod";

/** Arguments of {@link SnapshotJobs}. */
export interface SnapshotJobsArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    /** The workloads whose indexes are in the snapshots. */
    readonly callers: readonly StoreCaller[];
    readonly access: SnapshotAccess;
    /** Secrets with the jobs' users. */
    readonly logins: Readonly<Record<SnapshotJob, pulumi.Input<string>>>;
    /** The cluster. */
    readonly needs: readonly pulumi.Resource[];
}

/** The policy in Elasticsearch's form; what it returns is compared with it. */
export function policyOf(
    { search: { backup } }: Pick<LayerConfig, "search">,
    callers: readonly StoreCaller[],
    repository: string,
): object {
    return {
        schedule: backup.schedule,
        name: "<search-{now/d}>",
        repository,
        config: {
            indices: callers.flatMap(indexNames),
            // An index of that name may not exist yet, or be an alias.
            ignore_unavailable: true,
            // Users, roles and settings are in the plan.
            include_global_state: false,
        },
        // The newest one stays when none has been made for a week.
        retention: { expire_after: `${backup.retentionDays}d`, min_count: 1 },
    };
}

/**
 * Creates repository and policy by Elasticsearch's API, and restores snapshots (BK-06). The operator creates them only with an
 * Enterprise licence; snapshots and policies themselves are of the Basic one.
 */
export class SnapshotJobs extends pulumi.ComponentResource {
    constructor(name: string, args: SnapshotJobsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:SnapshotJobs", name, {}, opts);
        const { config, namespace, callers, access, logins, needs } = args;
        const job = (kind: SnapshotJob, schedule: string, env: Readonly<Record<string, pulumi.Input<string>>>) =>
            new ScheduledJob(
                `${name}-${kind}`,
                {
                    jobName: snapshotNames[kind],
                    namespace,
                    component: "search",
                    schedule,
                    template: kind === "restore",
                    stopAfterSeconds: kind === "restore" ? 3600 : 600,
                    pod: jobPod({ kind, config, login: logins[kind], env }),
                    needs,
                },
                { parent: this },
            );
        // Each hour: a cluster that was created anew has its repository soon, and a failed snapshot is a failed Job.
        job("register", "10 * * * *", {
            REPOSITORY: pulumi.jsonStringify(access.repository),
            POLICY: JSON.stringify(policyOf(config, callers, "backup")),
        });
        job("restore", "10 * * * *", { INDICES: callers.flatMap(indexNames).join(","), SNAPSHOT: "" });
        this.registerOutputs({});
    }
}

const podOfJob = "spec.jobTemplate.spec.template.spec";

/** Another image of a CronJob of the database. */
export const jobImage = (name: string) =>
    `update kubernetes:batch/v1:CronJob::database-${name} ${podOfJob}.containers[0].image`;

/** Changes of a job that copies Valkey's data. */
export const copyJob = (name: string, ...paths: readonly string[]) =>
    [
        `update kubernetes:batch/v1:CronJob::cache-backup-${name}-job`,
        ...paths.map((path) => `${podOfJob}.${path}`),
    ].join(" ");

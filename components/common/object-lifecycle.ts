/** Lifecycle of objects in days, the same on both clouds. */
export const days = {
    /** Age at which backups move to a class with lower storage and higher access costs (ST-07). */
    infrequentAccess: 7,
    /** Age at which objects move to the class with the lowest storage costs; a restore may take hours (ST-08). */
    archived: 90,
    /** How long overwritten and deleted objects can be restored (D1). */
    deleted: 30,
    /** Age at which GCP's soft delete takes over noncurrent versions; the shortest that a rule can have. */
    noncurrent: 1,
    /**
     * Shortest time in GLACIER_IR that S3 bills: objects that leave the class earlier are charged for the rest.
     * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
     */
    glacierMinimum: 90,
    /** Retention of logs: one year, as PCI DSS requires of audit trails (ST-06, ST-08). */
    logs: 365,
    /** Age at which incomplete multipart uploads are aborted; until then their parts are billed. */
    incompleteUpload: 7,
} as const;

/**
 * Folders of the bucket of backups whose files move to classes with lower storage costs. Not `elasticsearch`: snapshots share
 * files, so that an old file may be one of the newest snapshot, and Elasticsearch cannot read a class that has to be restored
 * first. https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore/s3-repository#repository-s3-storage-classes
 */
export const agedFolders = ["postgres", "valkey-state"] as const;

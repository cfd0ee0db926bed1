import type * as pulumi from "@pulumi/pulumi";

/** What the recovery layer promises: every store backed up, every backup restored now and then (BK-01, BK-07). */
export interface Recovery {
    /** URL of the bucket that backups go to. */
    readonly backupBucket: pulumi.Output<string>;
}

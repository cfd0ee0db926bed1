import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";

import { AwsKey } from "../../common/aws/storage-key";
import type { LayerConfig } from "../layer-config";

/** Arguments of {@link BackupCopies}. */
export interface BackupCopiesArgs {
    readonly config: LayerConfig;
    /** ARN of the primary; resolves when it has backups. */
    readonly primary: pulumi.Input<string>;
}

/**
 * Copies of RDS' snapshots and logs in the region of its provider, from which any second of the retention can be restored
 * there (BK-03, BK-04). RDS keeps them until they expire when the primary is deleted.
 */
export class BackupCopies extends pulumi.ComponentResource {
    /** ARN of the key that the copies are encrypted with. */
    public readonly key: pulumi.Output<string>;

    constructor(name: string, { config, primary }: BackupCopiesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:BackupCopies", name, {}, opts);
        const child = { parent: this };
        // A key is of one region, and the copies need one of theirs.
        this.key = new AwsKey(
            `${name}-key`,
            {
                config,
                description: "Copies of PostgreSQL's backups",
                viaService: `rds.${config.drRegion}`,
                keep: config.data.keepOnDestroy,
            },
            child,
        ).arn;
        new rds.InstanceAutomatedBackupsReplication(
            name,
            {
                sourceDbInstanceArn: primary,
                kmsKeyId: this.key,
                retentionPeriod: config.database.backup.retentionDays,
            },
            // An instance is replicated once: another retention stops the replication, keeps what is there, and starts again.
            { ...child, deleteBeforeReplace: true },
        );
        this.registerOutputs({ key: this.key });
    }
}

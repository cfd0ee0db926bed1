import type { ResourceType, RuleContext } from "../core/cloud";
import { numberAt, stringAt, type Bag } from "../core/value";
import { region, regionOf } from "./common";
import { RDS_INSTANCE } from "./rds";

export const BACKUP_COPY = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html: the source is
 * an instance of another region with automated backups, and the key is of the region of the copies.
 */
async function copyErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const [, , , from, , , name] = (stringAt(inputs, "sourceDbInstanceArn") ?? "").split(":");
    if (context.preview || name === undefined) {
        return [];
    }
    const own = regionOf(inputs, context);
    const found = (await context.others(RDS_INSTANCE)).find((other) => stringAt(other, "identifier") === name);
    const keyRegion = stringAt(inputs, "kmsKeyId")?.split(":")[3];
    return [
        ...(found === undefined ? [`DBInstanceNotFound: DBInstance ${name} not found.`] : []),
        ...(from === own ? ["InvalidParameterValue: The source and the destination Region are the same."] : []),
        ...(found === undefined || (numberAt(found, "backupRetentionPeriod") ?? 0) > 0
            ? []
            : ["InvalidDBInstanceState: Automated backups are not enabled for this database instance."]),
        ...(keyRegion === undefined || keyRegion === own
            ? []
            : [`KMSKeyNotAccessibleFault: The key is in ${keyRegion}, and the copies are in ${own}.`]),
    ];
}

/** Copies of RDS' automated backups in a second region. */
export const rdsCopies: Readonly<Record<string, ResourceType>> = {
    [BACKUP_COPY]: {
        required: ["sourceDbInstanceArn"],
        // Each argument is that of the start: the provider has no update.
        replaceOn: ["sourceDbInstanceArn", "kmsKeyId", "retentionPeriod"],
        refuse: copyErrors,
        id: (inputs, context) => `${stringAt(inputs, "sourceDbInstanceArn") ?? ""}/${regionOf(inputs, context)}`,
        computed: { region },
    },
};

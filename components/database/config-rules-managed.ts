import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { DatabaseConfig } from "./config";
import authorities from "./config-authorities.json";
import { dailyStart, managedKindOf, managedServiceOf } from "./config-kind";

/** The keys of the stack file that a rule looks at. */
interface GivenKeys {
    readonly database?:
        | {
              readonly [key: string]: unknown;
              readonly backup?: { readonly snapshotSchedule?: string | undefined } | undefined;
          }
        | undefined;
}

type ManagedRule = Rule<DatabaseConfig, GivenKeys>;

/** A managed service has private addresses of its own cloud's network, and keys and identities of its own account. */
const kindOfTheCloud: ManagedRule = ({ config: { cloud, database } }) => {
    const service = managedServiceOf(database.kind);
    const own = managedKindOf[cloud];
    if (service === undefined || own === database.kind) {
        return [];
    }
    const remedy = own === undefined ? "cloudnative-pg" : `cloudnative-pg or ${own}`;
    const message = `runs on ${service.cloud} only, and the stack is on ${cloud}; give ${remedy}`;
    return [{ path: "database.kind", value: database.kind, message }];
};

/** A replica of the stack replays the log that CloudNativePG archives; a managed one would follow an instance by its name. */
const replicaNeedsTheOperator: ManagedRule = ({ config: { database, role } }) => {
    const message = "cannot follow the primary's stack from another region; give cloudnative-pg in both stacks";
    return managedServiceOf(database.kind) !== undefined && role === "replica"
        ? [{ path: "database.kind", value: database.kind, message }]
        : [];
};

/** A key without effect would be believed. */
const onlyKeysOfTheKind: ManagedRule = ({ settings, config: { database } }) => {
    const given = settings.database ?? {};
    const service = managedServiceOf(database.kind);
    const unused =
        service === undefined
            ? [["machineType", given["machineType"], "give database.cpu and database.memory instead"] as const]
            : [
                  ...["cpu", "memory"].map(
                      (key) => [key, given[key], "give database.machineType instead, or remove it"] as const,
                  ),
                  ...["walGiB", "zones"].map((key) => [key, given[key], "remove it"] as const),
                  ["backup.snapshotSchedule", given.backup?.snapshotSchedule, "remove it"] as const,
              ];
    return unused.flatMap(([key, value, remedy]): Problem[] =>
        value === undefined
            ? []
            : [{ path: `database.${key}`, value, message: `has no effect with ${database.kind}; ${remedy}` }],
    );
};

const machineTypeExists: ManagedRule = ({ config: { database } }) => {
    const service = managedServiceOf(database.kind);
    if (service === undefined || database.machine === undefined || service.machine(database.machine.type)) {
        return [];
    }
    const message = `is no machine type of ${service.title}; give ${service.accepts}`;
    return [{ path: "database.machineType", value: database.machine.type, message }];
};

const backupsOfTheService: ManagedRule = ({ config: { database } }) => {
    const service = managedServiceOf(database.kind);
    if (service === undefined) {
        return [];
    }
    const { schedule, retentionDays } = database.backup;
    const [least, most] = service.retentionDays;
    const problems: Problem[] = [];
    if (dailyStart(schedule) === undefined) {
        const message = `is not once a day, as ${service.title} makes backups; give 0 <minute> <hour> * * *, such as 0 0 2 * * *`;
        problems.push({ path: "database.backup.schedule", value: schedule, message });
    }
    if (retentionDays < least || retentionDays > most) {
        const message = `is not within ${service.title}'s ${least} to ${most} days; give ${most} or less`;
        problems.push({ path: "database.backup.retentionDays", value: retentionDays, message });
    }
    return problems;
};

const diskOfTheService: ManagedRule = ({ config: { database } }) => {
    const service = managedServiceOf(database.kind);
    if (service === undefined || database.storageGiB >= service.leastStorageGiB) {
        return [];
    }
    const message = `is less than ${service.title}'s smallest disk; give ${service.leastStorageGiB} or more`;
    return [{ path: "database.storageGiB", value: database.storageGiB, message }];
};

/** Clients verify the servers' certificates with the authority of the region. */
const authorityOfTheRegion: ManagedRule = ({ config: { cloud, database, region } }) => {
    const message = `has no certificate authority in components/database/config-authorities.json; add it from AWS' bundle of the region`;
    return database.kind === "rds" && managedKindOf[cloud] === "rds" && !Object.hasOwn(authorities, region)
        ? [{ path: "aws.region", value: region, message }]
        : [];
};

/** The rules of managed databases. */
export const managedRules: readonly ManagedRule[] = [
    kindOfTheCloud,
    replicaNeedsTheOperator,
    onlyKeysOfTheKind,
    machineTypeExists,
    backupsOfTheService,
    diskOfTheService,
    authorityOfTheRegion,
];

import { databaseOwner, databaseRole, roleCommits } from "../../../catalog/database";
import {
    maintenanceRole,
    schemaName,
    type ServiceAccess,
    serviceAccess,
    type TableAccess,
} from "../../../catalog/schema/access";

/** A role that can log in, and its parameters. Names and values are ours, so that none needs an escape. */
interface Role {
    readonly name: string;
    readonly parameters: Readonly<Record<string, string>>;
}

/** Roles of the database that log in and own nothing: those of the services and of the maintenance. */
export function databaseRoles(): readonly Role[] {
    const services = Object.entries<ServiceAccess>(serviceAccess).map(([service, access]) => ({
        name: databaseRole(service),
        parameters: {
            // Of the role: a pooler in transaction mode drops what a session sets.
            search_path: schemaName,
            synchronous_commit: roleCommits[service]?.level ?? "on",
            statement_timeout: `${access.statementTimeoutMs}ms`,
            // A pod that stops in the middle of a transaction keeps its locks no longer.
            idle_in_transaction_session_timeout: "10s",
        },
    }));
    return [...services, { name: maintenanceRole, parameters: { search_path: schemaName } }];
}

/** Roles that the migrations' owner has to be a member of, to set their parameters. */
export const rolesOfOwner: readonly string[] = databaseRoles().map(({ name }) => name);

/**
 * Creates a role where the database's operator has not: on Cloud SQL and RDS. Its own parameters are set as the role itself,
 * which is the only right over it that the owner has.
 */
function roleStatements({ name, parameters }: Role): string[] {
    const settings = Object.entries(parameters).map(
        ([key, value]) => `    ALTER ROLE ${name} SET ${key} = '${value}';`,
    );
    return [
        "DO $$",
        "BEGIN",
        `    IF to_regrole('${name}') IS NULL THEN`,
        `        CREATE ROLE ${name} LOGIN;`,
        "    END IF;",
        `    IF NOT pg_has_role('${name}', 'SET') THEN`,
        `        GRANT ${name} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;`,
        "    END IF;",
        `    SET LOCAL ROLE ${name};`,
        ...settings,
        "    RESET ROLE;",
        "END $$;",
    ];
}

function privileges({ select, insert, update, delete: remove }: TableAccess): string {
    const columns = update === undefined ? [] : [update === true ? "UPDATE" : `UPDATE (${update.join(", ")})`];
    return [
        ...(select === true ? ["SELECT"] : []),
        ...(insert === true ? ["INSERT"] : []),
        ...columns,
        ...(remove === true ? ["DELETE"] : []),
    ].join(", ");
}

function grantsOf(service: string, { tables, functions = [] }: ServiceAccess): string[] {
    const role = databaseRole(service);
    return [
        `GRANT USAGE ON SCHEMA ${schemaName} TO ${role};`,
        ...Object.entries(tables).map(
            ([table, access]) => `GRANT ${privileges(access)} ON ${schemaName}.${table} TO ${role};`,
        ),
        ...functions.map((name) => `GRANT EXECUTE ON FUNCTION ${schemaName}.${name} TO ${role};`),
    ];
}

/**
 * SQL that gives every role the rights of {@link serviceAccess} and no others, whatever it had before (DB-15 to DB-17). Run as
 * {@link databaseOwner} after the migrations; a second run changes nothing. One transaction: no service loses a right in between.
 */
export function accessSql(): string {
    const all = rolesOfOwner.join(", ");
    const status = `${schemaName}.partition_status(date)`;
    return `${[
        `-- Generated from catalog/schema/access.ts; run as ${databaseOwner}.`,
        "BEGIN;",
        ...databaseRoles().flatMap(roleStatements),
        "-- Takes back what an earlier version of the table granted, columns included.",
        `REVOKE ALL ON ALL TABLES IN SCHEMA ${schemaName} FROM PUBLIC, ${all};`,
        `REVOKE ALL ON ALL SEQUENCES IN SCHEMA ${schemaName} FROM PUBLIC, ${all};`,
        `REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${schemaName} FROM PUBLIC, ${all};`,
        `REVOKE ALL ON SCHEMA ${schemaName} FROM PUBLIC, ${all};`,
        "-- No temporary tables: they bloat the system catalogue, and a pooler gives them to another client.",
        `DO $$ BEGIN EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;`,
        ...Object.entries<ServiceAccess>(serviceAccess).flatMap(([service, access]) => grantsOf(service, access)),
        `GRANT USAGE ON SCHEMA ${schemaName} TO ${maintenanceRole};`,
        `GRANT EXECUTE ON FUNCTION ${schemaName}.create_month_partitions(integer, date) TO ${maintenanceRole};`,
        `GRANT EXECUTE ON FUNCTION ${status} TO ${maintenanceRole};`,
        `GRANT EXECUTE ON FUNCTION ${schemaName}.report_daily_sales(integer, date) TO ${maintenanceRole};`,
        `GRANT EXECUTE ON FUNCTION ${schemaName}.release_expired_reservations(interval, integer) TO ${maintenanceRole};`,
        '-- The exporter reads the figures of the alert "next partition missing" as this predefined role.',
        `GRANT USAGE ON SCHEMA ${schemaName} TO pg_monitor;`,
        `GRANT EXECUTE ON FUNCTION ${status} TO pg_monitor;`,
        "COMMIT;",
    ].join("\n")}\n`;
}

import { databaseName, databaseOwner } from "../../../catalog/database";

/** A role that logs in with a password. Names are ours, so that none needs an escape. */
export interface LoginRole {
    readonly name: string;
    readonly inRoles?: readonly string[];
}

function createStatements(name: string, verifier: string): string[] {
    return [
        "DO $$ BEGIN",
        `    IF to_regrole('${name}') IS NULL THEN CREATE ROLE ${name} LOGIN; END IF;`,
        "END $$;",
        `ALTER ROLE ${name} LOGIN PASSWORD '${verifier}';`,
    ];
}

/**
 * SQL that creates what CloudNativePG creates for the operator's kind: roles with passwords and memberships, and the database.
 * Run as the service's administrator, who is no superuser but may create roles and databases; a second run changes nothing.
 *
 * @param verifiers passwords of the roles as PostgreSQL stores them, in their order
 */
export function rolesSql(roles: readonly LoginRole[], verifiers: readonly string[]): string {
    const memberships = roles.flatMap(({ name, inRoles = [] }) =>
        inRoles.length === 0 ? [] : [`GRANT ${inRoles.join(", ")} TO ${name};`],
    );
    return `${[
        "BEGIN;",
        ...roles.flatMap(({ name }, index) => createStatements(name, verifiers[index] ?? "")),
        ...memberships,
        "-- Who creates a role may grant it, and may not act as it: https://www.postgresql.org/docs/18/role-attributes.html.",
        `GRANT ${databaseOwner} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;`,
        "COMMIT;",
        `SELECT 'CREATE DATABASE ${databaseName} OWNER ${databaseOwner}'`,
        `    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${databaseName}') \\gexec`,
    ].join("\n")}\n`;
}

import type { AmazonStatement } from "../../components/identity/types";
import { isAllowed, type PolicyStatement, type Request } from "../tools/permissions/evaluator";

/** Resources by action. */
export type PermissionTable = Readonly<Record<string, readonly string[]>>;

/** A table whose actions and resources are sorted, so that the order of the statements does not matter. */
export function sortedTable(table: PermissionTable): PermissionTable {
    const actions = Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(actions.map(([action, resources]) => [action, [...resources].sort()]));
}

/** Resources by action, each once. Resources must be plain texts. */
export function permissionTable(statements: readonly AmazonStatement[]): PermissionTable {
    const table: Record<string, string[]> = {};
    for (const { actions, resources } of statements) {
        for (const action of actions) {
            table[action] = [...new Set([...(table[action] ?? []), ...(resources as readonly string[])])];
        }
    }
    return sortedTable(table);
}

/** The requests that a role with these statements may not make. */
export function refusedBy(
    statements: readonly AmazonStatement[],
    requests: Readonly<Record<string, Request>>,
): string[] {
    const policy = {
        Statement: statements.map(({ actions, resources, condition }): PolicyStatement => ({
            Effect: "Allow",
            Action: actions,
            Resource: resources as readonly string[],
            ...(condition === undefined ? {} : { Condition: condition as PolicyStatement["Condition"] & object }),
        })),
    };
    return Object.keys(requests).filter((what) => !isAllowed(requests[what]!, { policies: [policy] }));
}

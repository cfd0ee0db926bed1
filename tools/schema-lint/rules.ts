import { type Change, contract, refused, type Tables } from "./change";
import { alterTable } from "./columns";
import { type Node, node, nodes, type Statement, text } from "./parse";

/** Name of a table without its schema, of a RangeVar. */
export function tableOf(range: unknown): string {
    return text(node(range)["relname"]);
}

/** Last names of the objects that a statement drops, as `table` or, for what belongs to a table, `table.object`. */
function dropped(statement: Node): string[] {
    return nodes(statement["objects"]).map((object) => {
        const list = nodes(node(object["List"])["items"]);
        const named = nodes(node(object["ObjectWithArgs"])["objname"]);
        const all = list.length > 0 ? list : named.length > 0 ? named : [object];
        const names = all.map((part) => text(node(part["String"])["sval"]));
        return names.slice(names.length > 2 ? -2 : -1).join(".");
    });
}

function drop(statement: Node): Change[] {
    const index = statement["removeType"] === "OBJECT_INDEX";
    return dropped(statement).map((object) =>
        index && statement["concurrent"] !== true
            ? refused(object, "is dropped under a lock; DROP INDEX CONCURRENTLY")
            : contract(object, "is dropped"),
    );
}

function createIndex(statement: Node, { existing }: Tables): Change[] {
    const range = node(statement["relation"]);
    const table = tableOf(range);
    // ON ONLY creates it on the partitioned table alone, without reading a row.
    if (!existing(table) || range["inh"] !== true) {
        return [];
    }
    const object = `${table}.${text(statement["idxname"])}`;
    return [
        ...(statement["concurrent"] === true
            ? []
            : [refused(object, "blocks writes while it is built; CREATE INDEX CONCURRENTLY")]),
        ...(statement["unique"] === true ? [contract(object, "refuses rows that a running version may write")] : []),
    ];
}

/** Statements that affect no table which running versions use. */
const harmless: ReadonlySet<string> = new Set([
    "CreateSchemaStmt",
    "CreateSeqStmt",
    "CreateEnumStmt",
    "ViewStmt",
    "CommentStmt",
    "SelectStmt",
    "InsertStmt",
    "CreateFunctionStmt",
]);

/** What is wrong with a statement: the expand-and-contract rule (DB-15, DB-16). */
export function changes({ kind, node: statement }: Statement, tables: Tables): Change[] {
    const { existing } = tables;
    const table = tableOf(statement["relation"]);
    switch (kind) {
        case "CreateStmt":
            return nodes(statement["inhRelations"])
                .map(({ RangeVar }) => tableOf(RangeVar))
                .filter(existing)
                .map((parent) =>
                    refused(parent, "is locked by PARTITION OF; create the table, then ALTER TABLE ATTACH PARTITION"),
                );
        case "IndexStmt":
            return createIndex(statement, tables);
        case "AlterTableStmt":
            return existing(table)
                ? nodes(statement["cmds"]).flatMap(({ AlterTableCmd }) => alterTable(table, node(AlterTableCmd)))
                : [];
        case "RenameStmt": {
            const column = text(statement["subname"]);
            const object = column === "" ? table : `${table}.${column}`;
            return [contract(object, "is renamed; add the new name, write both, and drop the old one later")];
        }
        case "DropStmt":
            return drop(statement);
        case "CreateTrigStmt":
            return existing(table)
                ? [contract(table, "gets a trigger, which changes what a running version writes")]
                : [];
        case "TruncateStmt":
        case "DeleteStmt":
            return [contract(table, "loses rows")];
        case "UpdateStmt":
            return existing(table)
                ? [refused(table, "is updated in one transaction, which locks its rows; backfill in batches by a job")]
                : [];
        case "GrantStmt":
            return statement["is_grant"] === true || statement["objtype"] !== "OBJECT_FUNCTION"
                ? [refused("rights", "are not in migrations; change catalog/schema/access.ts")]
                : [];
        default:
            return harmless.has(kind)
                ? []
                : [refused(kind, "is not known to be compatible; add it to rules.ts with the reason")];
    }
}

/** Whether it has to be the only statement of its file: golang-migrate runs a file as one transaction. */
export function outsideTransaction({ kind, node: statement }: Statement): boolean {
    return (kind === "IndexStmt" || kind === "DropStmt") && statement["concurrent"] === true;
}

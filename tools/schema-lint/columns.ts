import { type Change, contract, refused } from "./change";
import { type Node, node, nodes, text } from "./parse";

/** Functions whose value is the same for all rows of a statement: PostgreSQL stores it once and rewrites nothing. */
const stable: ReadonlySet<string> = new Set(["now", "transaction_timestamp", "statement_timestamp"]);

function constraintsOf(column: Node): readonly Node[] {
    return nodes(column["constraints"]).map(({ Constraint }) => node(Constraint));
}

function functionsIn(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(functionsIn);
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => [
        ...(key === "FuncCall"
            ? nodes(node(inner)["funcname"])
                  .slice(-1)
                  .map(({ String }) => text(node(String)["sval"]))
            : []),
        ...functionsIn(inner),
    ]);
}

function addColumn(table: string, column: Node): Change[] {
    const object = `${table}.${text(column["colname"])}`;
    const constraints = constraintsOf(column);
    const find = (type: string): Node | undefined => constraints.find(({ contype }) => contype === type);
    const fallback = find("CONSTR_DEFAULT");
    const found: Change[] = [];
    if (find("CONSTR_NOTNULL") !== undefined && fallback === undefined) {
        found.push(
            refused(object, "is NOT NULL without a default: the running version does not write it; add a DEFAULT"),
        );
    }
    if (functionsIn(fallback).some((name) => !stable.has(name))) {
        found.push(
            refused(object, "has a default that differs by row, which rewrites the table under a lock; add it without"),
        );
    }
    if (find("CONSTR_IDENTITY") !== undefined || find("CONSTR_GENERATED")?.["generated_kind"] === "s") {
        found.push(
            refused(object, "is computed for every row, which rewrites the table under a lock; add a plain column"),
        );
    }
    for (const type of ["CONSTR_UNIQUE", "CONSTR_PRIMARY"]) {
        if (find(type) !== undefined) {
            found.push(refused(object, "builds an index under a lock; create it CONCURRENTLY in the next file"));
        }
    }
    return found;
}

function addConstraint(table: string, constraint: Node): Change[] {
    const type = text(constraint["contype"]);
    const object = `${table}.${text(constraint["conname"])}`;
    if (type === "CONSTR_UNIQUE" || type === "CONSTR_PRIMARY") {
        return constraint["indexname"] === undefined
            ? [refused(object, "builds an index under a lock; create it CONCURRENTLY, then ADD CONSTRAINT USING INDEX")]
            : [];
    }
    if (constraint["skip_validation"] !== true) {
        return [
            refused(object, "reads the whole table under a lock; add it NOT VALID, and VALIDATE it in the next file"),
        ];
    }
    return [contract(object, "refuses rows that a running version may write")];
}

/** Forms of ALTER TABLE that running versions survive, and that lock the table for a moment only. */
const harmless: ReadonlySet<string> = new Set([
    "AT_DropNotNull",
    "AT_ValidateConstraint",
    "AT_AttachPartition",
    "AT_SetStatistics",
    "AT_SetRelOptions",
    "AT_ResetRelOptions",
]);

/** What is wrong with one form of ALTER TABLE on a table that exists. */
export function alterTable(table: string, command: Node): Change[] {
    const subtype = text(command["subtype"]);
    const name = text(command["name"]);
    const def = node(command["def"]);
    switch (subtype) {
        case "AT_AddColumn":
            return addColumn(table, node(def["ColumnDef"]));
        case "AT_AddConstraint":
            return addConstraint(table, node(def["Constraint"]));
        case "AT_DropColumn":
            return [contract(`${table}.${name}`, "is dropped")];
        case "AT_AlterColumnType":
            return [
                contract(`${table}.${name}`, "changes its type; add a column, write both, and drop the old one later"),
            ];
        case "AT_SetNotNull":
            return [contract(`${table}.${name}`, "becomes NOT NULL, which a running version may not write")];
        case "AT_ColumnDefault":
            return command["def"] === undefined
                ? [contract(`${table}.${name}`, "loses its default, which a running version may rely on")]
                : [];
        case "AT_DropConstraint":
            // What a running version writes stays valid.
            return [];
        case "AT_DetachPartition":
            return [contract(table, "loses the rows of a partition")];
        default:
            return harmless.has(subtype)
                ? []
                : [refused(table, `${subtype} is not known to be compatible; add it to columns.ts with the reason`)];
    }
}

import { parse } from "libpg-query";

/** A node of PostgreSQL's parse tree; absent fields are false, 0 or empty. */
export type Node = Readonly<Record<string, unknown>>;

/** One statement of a file, by PostgreSQL's own parser. */
export interface Statement {
    /** Type of its node, such as `AlterTableStmt`. */
    readonly kind: string;
    readonly node: Node;
    /** Line that it begins on, from 1. */
    readonly line: number;
}

/** A list of nodes that a field of the tree is; empty where it is absent. */
export function nodes(value: unknown): readonly Node[] {
    return Array.isArray(value) ? (value as readonly Node[]) : [];
}

/** A node that a field of the tree is; empty where it is absent. */
export function node(value: unknown): Node {
    return typeof value === "object" && value !== null ? (value as Node) : {};
}

/** A text that a field of the tree is; empty where it is absent. */
export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/**
 * The statements of a file.
 *
 * @throws Error of the parser for what is no SQL
 */
export async function statements(sql: string): Promise<readonly Statement[]> {
    const { stmts } = await parse(sql);
    const bytes = Buffer.from(sql);
    return nodes(stmts).map(({ stmt, stmt_location: location }) => {
        const [[kind, body] = ["", {}]] = Object.entries(node(stmt));
        const before = bytes.subarray(0, typeof location === "number" ? location : 0).toString();
        // A statement's location includes the comments and blank lines before it.
        const skipped = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(sql.slice(before.length))?.[0] ?? "";
        return { kind, node: node(body), line: (before + skipped).split("\n").length };
    });
}

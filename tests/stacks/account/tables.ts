import assert from "node:assert/strict";

/**
 * A statement of a policy document: `<Sid>: <Effect> <principal>`, its actions, its resources, and one text for each of its
 * conditions. Statements of a role's own policy have no Sid and no principal.
 */
export type Row = readonly [
    who: string,
    actions: string | readonly string[],
    resources: string | readonly string[],
    ...conditions: string[],
];

type Values = string | readonly string[];

interface Statement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Principal?: string | Readonly<Record<string, Values>>;
    readonly Action: Values;
    readonly Resource?: Values;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

const known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

function listed(values: Values): string {
    return typeof values === "string" ? values : values.join(" | ");
}

function principalOf(principal: NonNullable<Statement["Principal"]>): string {
    return typeof principal === "string"
        ? principal
        : Object.entries(principal)
              .map(([kind, values]) => `${kind} ${listed(values)}`)
              .join(", ");
}

function row(statement: Statement): Row {
    // A field such as NotAction would be missing in the row.
    const unknown = Object.keys(statement).filter((field) => !known.includes(field));
    assert.deepEqual(unknown, [], JSON.stringify(statement));
    const { Sid, Effect, Principal, Action, Resource = [], Condition = {} } = statement;
    const who = Principal === undefined ? Effect : `${Effect} ${principalOf(Principal)}`;
    const conditions = Object.entries(Condition).flatMap(([operator, tests]) =>
        Object.entries(tests).map(([key, values]) => `${operator} ${key} ${listed(values)}`),
    );
    return [Sid === undefined ? who : `${Sid}: ${who}`, Action, Resource, ...conditions];
}

/** The statements of a policy document, all their fields included. */
export function rows(text: unknown): readonly Row[] {
    const { Version, Statement, ...others } = JSON.parse(text as string) as Record<string, unknown>;
    assert.deepEqual([Version, others], ["2012-10-17", {}]);
    return (Statement as readonly Statement[]).map(row);
}

/** A table with one entry for each name, in the order of the names. */
export function table<T>(names: readonly string[], entry: (name: string) => T): Record<string, T> {
    return Object.fromEntries([...names].sort().map((name) => [name, entry(name)]));
}

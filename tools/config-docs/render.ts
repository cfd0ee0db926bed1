import { machines } from "../../config/machines";
import { composeConfig } from "../../config/compose";
import { core } from "../../config/core";
import type { AnyPart, KeyOwner } from "../../config/part";
import { type Cloud, tierNames } from "../../config/schema";
import { cell, defaultsOf } from "./defaults";
import { type Key, sections } from "./keys";

/** A cell may hold anything but what ends it. */
function row(cells: readonly string[]): string {
    return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function sentence(text: string): string {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function keyRow(key: Key, defaultOf: (path: string) => string): string[] {
    const isGroup = key.type === "object";
    const accepts = key.secret ? `${key.accepts} (secret)` : key.accepts;
    const fallback = isGroup ? "" : key.required ? "required" : defaultOf(key.path);
    return [`\`${key.path}\``, key.description, isGroup ? "" : accepts, fallback];
}

const head = ["Key", "What it says", "Takes", "Default"];

function keyTables(parts: readonly AnyPart[]): string {
    const all = sections(composeConfig(parts).schema);
    const defaultOf = defaultsOf(parts);
    const rows = (keys: readonly Key[]) => keys.map((key) => keyRow(key, defaultOf));
    const plain = all.filter(({ below }) => below.length === 0).map(({ key }) => key);
    const grouped = all.filter(({ below }) => below.length > 0);
    return [
        table(head, rows(plain)),
        ...grouped.map(({ key, below }) =>
            [`### \`${key.path}\``, sentence(key.description), table(head, rows(below))].join("\n\n"),
        ),
    ].join("\n\n");
}

/** The leaves of a tier's table, by dotted path; what is not there is no leaf. */
function leaves(value: object, path = ""): [string, unknown][] {
    return Object.entries(value).flatMap(([name, entry]: [string, unknown]) => {
        const at = path === "" ? name : `${path}.${name}`;
        if (entry === undefined) {
            return [];
        }
        return typeof entry === "object" && entry !== null ? leaves(entry, at) : [[at, entry] as [string, unknown]];
    });
}

/** Where the defaults of a part are, with their reasons. */
function sourceOf({ name }: KeyOwner): string {
    const path = name === core.name ? "config/tiers.ts" : `components/${name}/config.ts`;
    return `[${name}](../${path})`;
}

function tierTable(parts: readonly AnyPart[]): string {
    const owners: readonly KeyOwner[] = [core, ...parts];
    const rows = owners.flatMap((owner) => {
        const byTier = tierNames.map((tier) => new Map(leaves(owner.tiers?.[tier] ?? {})));
        const paths = new Set(byTier.flatMap((values) => [...values.keys()]));
        return [...paths].map((path) => [
            sourceOf(owner),
            `\`${path}\``,
            ...byTier.map((values) => cell(values.get(path))),
        ]);
    });
    return table(["Part", "Value", ...tierNames], rows);
}

function machineTable(cloud: Exclude<Cloud, "existing">): string {
    const memory = { none: "no", confidential: "where asked for", "always-on": "always" } as const;
    return table(
        [`Machine type (${cloud})`, "vCPU", "Memory", "Memory encrypted in use"],
        Object.entries(machines[cloud]).map(([name, { vcpu, memoryGiB, memoryEncryption }]) => [
            `\`${name}\``,
            String(vcpu),
            `${memoryGiB} GiB`,
            memory[memoryEncryption],
        ]),
    );
}

/** `docs/config.md` for a list of parts, before the formatter has lined its tables up. */
export function configPage(parts: readonly AnyPart[]): string {
    return [
        "<!-- Written by `npm run config-docs` from config/ and the layers' config.ts; change it there. -->",
        "# Configuration",
        "Each stack has a file, `Pulumi.<stack>.yaml`, whose keys stand below the project's name, as in " +
            "`ecommerce-platform:tier`. A stack file holds only what differs from its tier. Keys that are not listed here " +
            "are rejected. All mistakes are reported at once, each with its key, its value and what is accepted, before " +
            "anything is registered.",
        "Plain keys are set with `pulumi config set tier dev`, keys of a section with `pulumi config set --path " +
            "gcp.project shop-dev-1234`. A value that is all digits needs `--type string` to stay text.",
        "## Keys",
        keyTables(parts),
        "## What a tier means",
        "The defaults of each tier, with their reasons as comments beside them in the part's files (`config*.ts`). " +
            "A `replicas.floor` of 0 leaves the fewest replicas to [the catalogue](../catalog/workloads.ts).",
        tierTable(parts),
        "## Machine types",
        "What a pool may be made of. A type is added to [`config/machines.ts`](../config/machines.ts) before a stack " +
            "can use it.",
        machineTable("gcp"),
        machineTable("aws"),
    ].join("\n\n");
}

import { machines } from "../../config/machines";
import { type Cloud, schema, tierNames } from "../../config/schema";
import { tiers } from "../../config/tiers";
import { cell, defaultOf } from "./defaults";
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

function keyRow(key: Key): string[] {
    const isGroup = key.type === "object";
    const accepts = key.secret ? `${key.accepts} (secret)` : key.accepts;
    const fallback = isGroup ? "" : key.required ? "required" : defaultOf(key.path);
    return [`\`${key.path}\``, key.description, isGroup ? "" : accepts, fallback];
}

const head = ["Key", "What it says", "Takes", "Default"];

function keyTables(): string {
    const all = sections(schema);
    const plain = all.filter(({ below }) => below.length === 0);
    const grouped = all.filter(({ below }) => below.length > 0);
    return [
        table(
            head,
            plain.map(({ key }) => keyRow(key)),
        ),
        ...grouped.map(({ key, below }) =>
            [`### \`${key.path}\``, sentence(key.description), table(head, below.map(keyRow))].join("\n\n"),
        ),
    ].join("\n\n");
}

/** The leaves of a tier's table, by dotted path. */
function leaves(value: object, path = ""): [string, unknown][] {
    return Object.entries(value).flatMap(([name, entry]: [string, unknown]) => {
        const at = path === "" ? name : `${path}.${name}`;
        return typeof entry === "object" && entry !== null ? leaves(entry, at) : [[at, entry] as [string, unknown]];
    });
}

function tierTable(): string {
    const byTier = tierNames.map((tier) => new Map(leaves(tiers[tier])));
    const paths = [...(byTier[0]?.keys() ?? [])];
    const rows = paths.map((path) => [`\`${path}\``, ...byTier.map((values) => cell(values.get(path)))]);
    return table(["", ...tierNames], rows);
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

/** `docs/config.md`, before the formatter has lined its tables up. */
export function configPage(): string {
    return [
        "<!-- Written by `npm run config-docs` from config/; change it there. -->",
        "# Configuration",
        "Each stack has a file, `Pulumi.<stack>.yaml`, whose keys stand below the project's name, as in " +
            "`ecommerce-platform:tier`. A stack file holds only what differs from its tier. Keys that are not listed here " +
            "are refused, and all mistakes are told at once, each with its key, its value and what would do, before " +
            "anything is registered.",
        "Plain keys are set with `pulumi config set tier dev`, keys of a section with `pulumi config set --path " +
            "gcp.project shop-dev-1234`. A value that is all digits needs `--type string` to stay text.",
        "## Keys",
        keyTables(),
        "## What a tier means",
        "The defaults of each tier, with their reasons beside them in [`config/tiers.ts`](../config/tiers.ts). " +
            "A `replicas.floor` of 0 leaves the fewest replicas to [the catalogue](../catalog/workloads.ts).",
        tierTable(),
        "## Machine types",
        "What a pool may be made of. A type is added to [`config/machines.ts`](../config/machines.ts) before a stack " +
            "can use it.",
        machineTable("gcp"),
        machineTable("aws"),
    ].join("\n\n");
}

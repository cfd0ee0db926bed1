import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { projectRoot } from "../../root";
import { type GoldenCase, goldenCases } from "../golden/cases";
import type { Urns } from "./record";

/** The URNs on one cloud, by stack. */
export type CloudUrns = ReadonlyMap<string, Urns>;

/** Every stack and cloud whose URNs are recorded. */
export const urnCases: readonly GoldenCase[] = [...goldenCases, { stack: "local", cloud: "existing" }];

/** The file of a cloud's URNs. */
export function urnPath(cloud: string): string {
    return join(projectRoot, "tests", "stacks", "urns", `${cloud}.txt`);
}

/**
 * The content of the file: a line with the cloud's stacks, then one URN per line, sorted. A URN that not all stacks have is
 * followed by those that have it.
 */
export function urnText(urns: CloudUrns): string {
    const stacks = [...urns.keys()];
    const all = [...new Set([...urns.values()].flatMap((own) => [...own]))].sort();
    const lines = all.map((urn) => {
        const having = stacks.filter((stack) => urns.get(stack)?.has(urn) === true);
        return having.length === stacks.length ? urn : `${urn} (${having.join(", ")})`;
    });
    return [`# ${stacks.join(", ")}`, ...lines, ""].join("\n");
}

/** Reads {@link urnText}. */
export function parseUrns(text: string): CloudUrns {
    const [heading = "", ...lines] = text.trimEnd().split("\n");
    const stacks = heading.replace("# ", "").split(", ");
    const entries = lines.map((line) => {
        const [, urn = line, having] = /^(.+) \((.+)\)$/.exec(line) ?? [];
        return { urn, having: having?.split(", ") ?? stacks };
    });
    return new Map(
        stacks.map((stack) => [
            stack,
            new Set(entries.filter(({ having }) => having.includes(stack)).map(({ urn }) => urn)),
        ]),
    );
}

/** The recorded URNs of a cloud; empty if it has no file. */
export function readUrns(cloud: string): CloudUrns {
    return existsSync(urnPath(cloud)) ? parseUrns(readFileSync(urnPath(cloud), "utf8")) : new Map();
}

/** Records the URNs of a cloud. */
export function writeUrns(cloud: string, urns: CloudUrns): void {
    mkdirSync(dirname(urnPath(cloud)), { recursive: true });
    writeFileSync(urnPath(cloud), urnText(urns));
}

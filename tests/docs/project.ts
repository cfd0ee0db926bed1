import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { parse } from "yaml";

import { keyPrefix } from "../../config/validate";

/** The project's root. */
export const root = join(__dirname, "../..");

/** Fields of `package.json` that the documents refer to. */
export interface PackageFile {
    readonly scripts: Readonly<Record<string, string>>;
    readonly dependencies: Readonly<Record<string, string>>;
}

export function packageFile(): PackageFile {
    return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageFile;
}

/** Names of the shipped stacks. */
export function stacks(): string[] {
    return readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** Configuration of a shipped stack; keys without the project's prefix. */
export function shippedConfig(stack: string): Record<string, unknown> {
    const file = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    return Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key.slice(keyPrefix.length), value]));
}

const skipped = new Set(["node_modules", "out", ".git"]);

/** Paths of all Markdown files, relative to the root. */
export function documents(folder = root): string[] {
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => !skipped.has(entry.name))
        .flatMap((entry) => {
            const path = join(folder, entry.name);
            if (entry.isDirectory()) {
                return documents(path);
            }
            return entry.name.endsWith(".md") ? [relative(root, path)] : [];
        })
        .sort();
}

/** A fenced block of a document. */
export interface Block {
    /** Info string of the fence, such as `bash` or `bash run`. */
    readonly info: string;
    readonly lines: readonly string[];
}

/** The fenced blocks of a document, without empty lines and comments. */
export function blocks(text: string): Block[] {
    return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = "", body = ""]) => ({
        info: info.trim(),
        lines: body.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")),
    }));
}

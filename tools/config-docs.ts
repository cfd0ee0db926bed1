/**
 * Writes what follows from the parts of the configuration: docs/config.md and the declarations in Pulumi.yaml.
 * With --check nothing is written: files that have drifted are named, and the exit status is 1.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { platformConfig } from "../components/platform-config";
import { composeConfig } from "../config/compose";
import type { AnyPart } from "../config/part";
import { projectFile } from "./config-docs/project";
import { configPage } from "./config-docs/render";

/**
 * The files as they have to be, by path from the project's root.
 *
 * @param parts what the keys come from. @default the platform's
 */
export async function generated(
    root: string,
    parts: readonly AnyPart[] = platformConfig.parts,
): Promise<Readonly<Record<string, string>>> {
    const { schema } = composeConfig(parts);
    const texts = {
        "docs/config.md": configPage(parts),
        "Pulumi.yaml": projectFile(readFileSync(join(root, "Pulumi.yaml"), "utf8"), schema),
    };
    const formatted = Object.entries(texts).map(async ([path, text]) => {
        const options = await resolveConfig(join(__dirname, "..", path));
        return [path, await format(text, { ...options, filepath: path })] as const;
    });
    return Object.fromEntries(await Promise.all(formatted));
}

/** What a file holds; nothing where there is none. */
function held(path: string): string | undefined {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return undefined;
    }
}

/** Files that are not as they have to be. */
export async function drifted(root: string): Promise<string[]> {
    const files = Object.entries(await generated(root));
    return files.filter(([path, text]) => held(join(root, path)) !== text).map(([path]) => path);
}

/** The command: gives back its exit status, and says the rest. */
export async function configDocs(root: string, args: readonly string[], say: (line: string) => void): Promise<number> {
    const unknown = args.filter((arg) => arg !== "--check");
    if (unknown.length > 0) {
        say(`config-docs does not know ${unknown.join(" ")}; it takes --check or nothing`);
        return 2;
    }
    const behind = await drifted(root);
    if (!args.includes("--check")) {
        const files = await generated(root);
        for (const path of behind) {
            writeFileSync(join(root, path), files[path] ?? "");
        }
        say(behind.length === 0 ? "nothing to write" : `wrote ${behind.join(", ")}`);
        return 0;
    }
    for (const path of behind) {
        say(`${path} is not what the configuration says; run: npm run config-docs`);
    }
    return behind.length === 0 ? 0 : 1;
}

if (require.main === module) {
    configDocs(process.cwd(), process.argv.slice(2), console.log).then(
        (status) => {
            process.exitCode = status;
        },
        (error: unknown) => {
            console.error(error instanceof Error ? error.message : String(error));
            process.exitCode = 2;
        },
    );
}

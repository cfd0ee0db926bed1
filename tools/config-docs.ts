/**
 * Generates docs/config.md and the declarations in Pulumi.yaml from the parts of the configuration. With --check it writes
 * nothing; it lists outdated files and exits with 1 if there are any.
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
 * The generated files by path from the project's root.
 *
 * @param parts the parts with the keys. @default the platform's
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

/** The content of a file; undefined if it does not exist. */
function contentOf(path: string): string | undefined {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return undefined;
    }
}

/** Paths of the files that differ from the generated ones. */
export async function drifted(root: string): Promise<string[]> {
    const files = Object.entries(await generated(root));
    return files.filter(([path, text]) => contentOf(join(root, path)) !== text).map(([path]) => path);
}

/** The command. Returns the exit status and passes its output to `print`. */
export async function configDocs(
    root: string,
    args: readonly string[],
    print: (line: string) => void,
): Promise<number> {
    const unknown = args.filter((arg) => arg !== "--check");
    if (unknown.length > 0) {
        print(`unknown argument ${unknown.join(" ")}; the only option is --check`);
        return 2;
    }
    const outdated = await drifted(root);
    if (!args.includes("--check")) {
        const files = await generated(root);
        for (const path of outdated) {
            writeFileSync(join(root, path), files[path] ?? "");
        }
        print(outdated.length === 0 ? "nothing to write" : `wrote ${outdated.join(", ")}`);
        return 0;
    }
    for (const path of outdated) {
        print(`${path} is outdated; run: npm run config-docs`);
    }
    return outdated.length === 0 ? 0 : 1;
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

import { resolve } from "node:path";

import { usedKinds } from "../../custom-resources/kinds";
import { crdsFolder } from "../crds/folder";
import { readLock } from "../crds/lock";
import { differences, writeTypes } from "./files";
import { typeFiles } from "./generate";

const help = `npm run crd-types              Write custom-resources/types/ from the pinned CustomResourceDefinitions.
npm run crd-types -- --check   Fail if a file differs from the definitions.
npm run crd-types -- --help    This text.

The kinds are listed in custom-resources/kinds.ts, the definitions in tests/cluster/crds.lock.json. The definitions are
read from the folder CRDS_DIR, by default from the download folder of npm run crds.`;

const typesFolder = resolve(__dirname, "../../custom-resources/types");

async function main(args: readonly string[]): Promise<void> {
    const [first, ...rest] = args;
    if (first === "--help" || first === "-h") {
        console.log(help);
        return;
    }
    if ((first !== undefined && first !== "--check") || rest.length > 0) {
        throw new Error(`Unknown argument ${args.join(" ")}\n\n${help}`);
    }
    const files = await typeFiles(usedKinds, crdsFolder(), readLock());
    if (first === undefined) {
        writeTypes(files, typesFolder);
        console.log(`${files.length} files written below custom-resources/types.`);
        return;
    }
    const found = differences(files, typesFolder);
    if (found.length > 0) {
        throw new Error(`${found.join("\n")}\nRun: npm run crd-types`);
    }
    console.log(`${files.length} files below custom-resources/types match the pinned definitions.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});

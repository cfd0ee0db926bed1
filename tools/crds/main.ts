import { writeFileSync } from "node:fs";

import { download } from "./download";
import { downloadFolder } from "./folder";
import { lockFromSources } from "./from-sources";
import { lockedFiles, lockFile, readLock } from "./lock";

const help = `npm run crds                     Download the CustomResourceDefinitions that the cluster tests load.
npm run crds -- --lock <folder>  Write tests/cluster/crds.lock.json from a folder whose projects have SOURCE files.
npm run crds -- --help           This text.

Files are verified against tests/cluster/crds.lock.json and stored in the cache folder. The tests read them
from the folder CRDS_DIR if it is set.`;

async function main(args: readonly string[]): Promise<void> {
    const [first, second, ...rest] = args;
    if (first === "--help" || first === "-h") {
        console.log(help);
    } else if (first === undefined) {
        const folder = downloadFolder();
        const { fetched, kept } = await download(readLock(), folder);
        console.log(`${fetched} files downloaded, ${kept} already present: ${folder}`);
    } else if (first === "--lock" && second !== undefined && rest.length === 0) {
        const lock = lockFromSources(second);
        writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
        const count = lockedFiles(lock).reduce((sum, file) => sum + file.count, 0);
        console.log(`${count} CustomResourceDefinitions of ${lock.projects.length} projects locked.`);
    } else {
        throw new Error(`Unknown argument ${args.join(" ")}\n\n${help}`);
    }
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});

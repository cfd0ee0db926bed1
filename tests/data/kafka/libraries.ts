import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

import { cacheFolder } from "../../../tools/toolchain/paths";

const project = join(__dirname, "pom.xml");

/** Folder of the broker's libraries, named after the content of `pom.xml`. */
function folder(): string {
    const hash = createHash("sha256").update(readFileSync(project)).digest("hex").slice(0, 16);
    return join(cacheFolder(process.env), "..", "maven", `kafka-${hash}`);
}

/**
 * Class path of the broker.
 *
 * @throws Error with the command that installs it
 */
export function kafkaClassPath(): string {
    if (!existsSync(folder())) {
        throw new Error("the Kafka broker is not installed; run npx tsx tests/data/kafka/install.ts, which needs mvn");
    }
    return join(folder(), "*");
}

/** Downloads the libraries with Maven unless they are there, and returns their folder and number. */
export function installKafka(): { readonly folder: string; readonly count: number } {
    const target = folder();
    if (!existsSync(target)) {
        mkdirSync(dirname(target), { recursive: true });
        const unfinished = mkdtempSync(`${target}-`);
        const args = ["--quiet", "--batch-mode", "--file", project, "dependency:copy-dependencies"];
        const run = spawnSync("mvn", [...args, `-DoutputDirectory=${unfinished}`, "-DincludeScope=runtime"], {
            encoding: "utf8",
        });
        if (run.status !== 0) {
            rmSync(unfinished, { recursive: true });
            throw new Error(`mvn failed: ${run.error?.message ?? run.stdout}`);
        }
        // A folder with this name is complete.
        renameSync(unfinished, target);
    }
    return { folder: target, count: readdirSync(target).length };
}

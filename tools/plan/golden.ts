import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

import { goldenCases, goldenPath, goldenText } from "./review/golden/golden-plan";
import { planStack } from "./plan";
import { projectRoot } from "./root";

/** `npm run golden`: writes the golden plans anew, for their change to be read in the pull request. */
async function main(): Promise<void> {
    for (const { stack, cloud } of goldenCases) {
        const path = goldenPath(stack, cloud);
        const text = goldenText(await planStack({ stack, cloud, judge: false }));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
        process.stdout.write(`${relative(projectRoot, path)}\n`);
    }
}

void main();

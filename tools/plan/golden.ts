import { planStack } from "./plan";
import { goldenCases } from "./review/golden/cases";
import { goldenFiles, goldenFolder, writeGolden } from "./review/golden/files";
import { goldenResources } from "./review/golden/resources";
import type { CaseResources } from "./review/golden/layers";

/** `npm run golden`: writes the golden plans anew, for their change to be read in the pull request. */
async function main(): Promise<void> {
    const cases: CaseResources[] = [];
    for (const one of goldenCases) {
        const { resources } = await planStack({ ...one, judge: false });
        cases.push({ ...one, resources: goldenResources(one.stack, resources) });
    }
    writeGolden(goldenFolder, goldenFiles(cases));
}

void main();

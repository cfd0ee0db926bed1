import { parseArgs } from "node:util";

import { failureOf, printFailures } from "./failure";
import { Fault } from "./fault";
import { planStack } from "./plan";
import { goldenCases } from "./review/golden/cases";
import { goldenFiles, goldenFolder, writeGolden } from "./review/golden/files";
import type { CaseResources } from "./review/golden/layers";
import { goldenResources } from "./review/golden/resources";
import { readUrns, urnCases, writeUrns } from "./review/urns/files";
import { urnChanges, type Urns } from "./review/urns/record";

/**
 * `npm run golden` rewrites the golden plans, whose difference is reviewed in the pull request. With `--urns` it records
 * the URNs instead and prints those that it removes.
 */
async function main(): Promise<number> {
    try {
        await (wantsUrns() ? recordUrns() : writePlans());
        return 0;
    } catch (error) {
        return printFailures([failureOf(error)]);
    }
}

function wantsUrns(): boolean {
    try {
        return parseArgs({ options: { urns: { type: "boolean" } } }).values.urns === true;
    } catch {
        throw new Fault("usage: npm run golden [-- --urns]");
    }
}

async function writePlans(): Promise<void> {
    const cases: CaseResources[] = [];
    for (const one of goldenCases) {
        const { resources } = await planStack({ ...one, checkPolicies: false });
        cases.push({ ...one, resources: goldenResources(one.stack, resources) });
    }
    writeGolden(goldenFolder, goldenFiles(cases));
}

async function recordUrns(): Promise<void> {
    const clouds = new Map<string, Map<string, Urns>>();
    for (const { stack, cloud } of urnCases) {
        const { resources } = await planStack({ stack, cloud, checkPolicies: false });
        const recorded = readUrns(cloud).get(stack) ?? new Set<string>();
        const { lost, next } = urnChanges(recorded, resources);
        for (const urn of lost) {
            process.stdout.write(`${stack} on ${cloud}: no longer recorded: ${urn}\n`);
        }
        clouds.set(cloud, (clouds.get(cloud) ?? new Map<string, Urns>()).set(stack, next));
    }
    for (const [cloud, urns] of clouds) {
        writeUrns(cloud, urns);
    }
}

void main().then((code) => {
    process.exitCode = code;
});

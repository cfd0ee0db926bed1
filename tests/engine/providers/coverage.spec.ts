import assert from "node:assert/strict";

import { goldenCases } from "../../../tools/plan/review/golden/cases";
import { goldenFolder, parseGolden, readGolden } from "../../../tools/plan/review/golden/files";
import { caseName, resourcesOf } from "../../../tools/plan/review/golden/layers";
import { aws } from "./aws/cloud";
import { gcp } from "./gcp/cloud";

const golden = parseGolden(readGolden(goldenFolder));

describe("engine stand-ins: every cloud resource of every golden plan", () => {
    for (const one of goldenCases) {
        it(`is supported: ${caseName(one)}`, () => {
            const supported: ReadonlySet<string> = new Set([...Object.keys(aws.types), ...Object.keys(gcp.types)]);
            const types = [...resourcesOf(golden, one).keys()]
                .map((key) => key.split(" ")[0] ?? "")
                .filter((type) => /^(aws|gcp):/.test(type));
            assert.deepEqual(
                [...new Set(types)].filter((type) => !supported.has(type)),
                [],
            );
        });
    }
});

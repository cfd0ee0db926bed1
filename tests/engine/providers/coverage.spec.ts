import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../harness/session";
import { aws } from "./aws/cloud";
import { gcp } from "./gcp/cloud";

const folder = join(ROOT, "tests", "stacks", "golden");

describe("engine stand-ins: every cloud resource of every golden plan", () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
        it(`is supported: ${file}`, () => {
            const lines = JSON.parse(readFileSync(join(folder, file), "utf8")) as { readonly type: string }[];
            const supported: ReadonlySet<string> = new Set([...Object.keys(aws.types), ...Object.keys(gcp.types)]);
            const types = lines.map(({ type }) => type).filter((type) => /^(aws|gcp):/.test(type));
            assert.deepEqual(
                [...new Set(types)].filter((type) => !supported.has(type)),
                [],
            );
        });
    }
});

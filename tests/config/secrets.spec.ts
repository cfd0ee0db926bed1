import assert from "node:assert/strict";

import { linesOf, settingsOf } from "./mistakes/types";

const secret = "token: s3cr3t-of-the-cluster";

describe("the kubeconfig", () => {
    const cases = {
        "is empty": [{ "existing.kubeconfig": "" }, "existing.kubeconfig"],
        "is an object": [{ "existing.kubeconfig": { secret } }, "existing.kubeconfig"],
        "is misspelt": [{ "existing.kubeconfg": secret }, "existing.kubeconfg"],
        "stands a level too high": [{ existing: secret }, "existing"],
        "stands in a list": [{ existing: [secret] }, "existing"],
    } as const;
    for (const [what, [set, path]] of Object.entries(cases)) {
        it(`is not shown where it ${what}`, () => {
            const lines = linesOf(settingsOf({ base: "dev/existing", set }));
            assert.equal(lines.length, 1);
            assert.ok(lines[0]?.startsWith(`ecommerce-platform:${path}: "[secret]" is not `), lines[0]);
        });
    }

    it("is not shown where its neighbour is wrong", () => {
        const set = { "existing.kubeconfig": secret, "existing.dedicatedPools": "no" };
        assert.deepEqual(linesOf(settingsOf({ base: "dev/existing", set })), [
            'ecommerce-platform:existing.dedicatedPools: "no" is not valid; give true or false',
        ]);
    });
});

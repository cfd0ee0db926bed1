import assert from "node:assert/strict";

import { capacity, planStack, renderKubernetes } from "../../tools/plan";

const mebibyte = 2 ** 20;

describe("the stack for a laptop of 16 GB", () => {
    it("requests about half of its memory, with every store and operator (DB-01, CA-01, MQ-01, SE-01)", async () => {
        const plan = await planStack({ stack: "local", checkPolicies: false });
        const pools = capacity(renderKubernetes(plan), plan.declared?.pods);
        const total = pools.reduce((sum, { peak }) => sum + peak.memoryRequest / mebibyte, 0);
        // 16 GB are 15,258 MiB; the rest is for the node's own pods, the desktop and what the pods use beyond their requests.
        assert.equal(total, 7934);
    });
});

import assert from "node:assert/strict";

import { type Plan, planStack, renderKubernetes } from "../../../tools/plan";
import { podsOfCustom } from "../../../tools/plan/review/custom-pods";

const config = { database: JSON.stringify({ documents: "mongodb" }) };

const gibibyte = 2 ** 30;

/** The members as the plan's table of capacity counts them. */
function members(plan: Plan): unknown {
    return renderKubernetes(plan)
        .filter(({ manifest }) => manifest["kind"] === "PerconaServerMongoDB")
        .flatMap((object) => podsOfCustom(object))
        .map(({ name, pool, count, memoryRequest }) => [name, pool, count, memoryRequest / gibibyte]);
}

/** Stack files with `database.documents: mongodb`, which none has. */
describe("the plan of a stack with MongoDB (MG-02, PO-01)", () => {
    const plans: Readonly<Record<string, unknown>> = {
        "prod gcp": [["documents/rs0", "database", 3, 4]],
        // With the agent of backups.
        "prod aws": [["documents/rs0", "database", 3, 4.125]],
        "prod existing": [["documents/rs0", "database", 3, 4]],
        "staging aws": [["documents/rs0", "database", 3, 2.125]],
        "dev gcp": [["documents/rs0", "database", 1, 1]],
        "local existing": [["documents/rs0", "app", 1, 1]],
        // A replica has the Secrets only (CL-18).
        "prod-dr aws": [],
    };
    for (const [which, expected] of Object.entries(plans)) {
        it(`violates no policy, and has its members: ${which}`, async () => {
            const [stack = "", cloud = ""] = which.split(" ");
            const plan = await planStack({ stack, cloud, config });
            assert.deepEqual(plan.policy, { violations: [], warnings: [], exempted: [] });
            assert.deepEqual(members(plan), expected);
        });
    }
});

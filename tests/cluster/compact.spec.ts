import assert from "node:assert/strict";

import program from "../../index";
import { planStack } from "../../tools/plan/index";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { placementFindings } from "./scheduling/checks";
import { nodePools } from "./scheduling/pools";
import { startSimulatedCluster } from "./scheduling/simulated-cluster";

const config = { nodePools: JSON.stringify({ profile: "compact" }) };

/** Three nodes hold the compact profile, and each pod runs in its own pool (proof S, row CL-15). */
describe("the compact profile, scheduled by the real scheduler", () => {
    for (const cloud of ["gcp", "aws"]) {
        it(`binds every pod of dev on ${cloud} to the single node of its pool`, async () => {
            const plan = await planStack({ stack: "dev", cloud, config, program, checkPolicies: false });
            const pools = nodePools(plan.resources);
            const { plane, refused, snapshot } = await startSimulatedCluster(plannedObjects(plan), pools);
            try {
                assert.equal(snapshot.nodes.length, 3);
                assert.equal(findingsText([...refused, ...placementFindings(snapshot)]), "");
                const found = snapshot.pods.map(({ workload, node }) => {
                    const on = snapshot.nodes.find(({ name }) => name === node);
                    return `${on?.labels["workload"] ?? "nowhere"}: ${workload.split("/")[2] ?? ""}`;
                });
                assert.deepEqual(found.sort(), [
                    "backend: inventory",
                    "backend: notification",
                    "backend: order",
                    "backend: payment",
                    "backend: product",
                    "backend: user",
                    "data: broker",
                    "data: memcached",
                    "data: postgres",
                    "data: search",
                    "data: valkey-cache-0-a",
                    "data: valkey-state-0-a",
                    "frontend: admin",
                    "frontend: frontend",
                    "frontend: frontend",
                    "frontend: gateway",
                ]);
            } finally {
                await plane.stop();
            }
        });
    }
});

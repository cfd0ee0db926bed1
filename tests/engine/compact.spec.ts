import assert from "node:assert/strict";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { keptOf } from "../stacks/account/kept";
import { POLICY_PACK, shortName } from "./lifecycle";

/** The stand-ins accept and delete the three node pools of the compact profile (CL-15). */
describe("engine: the compact profile", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    for (const cloud of ["gcp", "aws"] as const) {
        it(`is created on ${cloud} with the policy pack enforced, has no changes, and is destroyed`, async () => {
            const name = `compact-${cloud}`;
            let session: Session | undefined;
            try {
                session = await environment?.start(name, {
                    stack: "dev",
                    config: {
                        "ecommerce-platform:cloud": cloud,
                        "ecommerce-platform:nodePools": { profile: "compact" },
                    },
                    policyPack: POLICY_PACK,
                });
                assert.ok(session);
                const { violations } = await session.succeed({ kind: "up", policyPack: true });
                assert.deepEqual(
                    violations.filter(({ level }) => level === "mandatory"),
                    [],
                );
                const pools = ((await session.export()).resources ?? []).filter(({ type }) =>
                    ["gcp:container/nodePool:NodePool", "aws:eks/nodeGroup:NodeGroup"].includes(type),
                );
                assert.deepEqual(pools.map(({ urn }) => urn.split("::").pop()).sort(), [
                    "cluster-backend",
                    "cluster-data",
                    "cluster-frontend",
                ]);
                await session.succeed({ kind: "preview", expectNoChanges: true });
                await session.succeed({ kind: "destroy" });
                const left = (await session.store.entries()).map(({ value }) => shortName(value));
                assert.deepEqual(left.sort(), keptOf("dev", cloud));
            } finally {
                await environment?.finish(name, session);
            }
        });
    }
});

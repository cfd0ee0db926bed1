import assert from "node:assert/strict";
import { keptOf } from "../stacks/account/kept";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { POLICY_PACK, shortName, typeAndName } from "./lifecycle";

/** What the cloud runs in place of Valkey's pods. */
const managed = {
    gcp: {
        kind: "memorystore",
        resources: [
            "gcp:memorystore/instance:Instance::valkey-cache",
            "gcp:memorystore/instance:Instance::valkey-state",
        ],
        address: "10.40.15.10:6379",
        // Larger nodes of one store change that store only.
        larger: { stateNodeType: "HIGHMEM_MEDIUM" },
        updated: ["gcp:memorystore/instance:Instance::valkey-state"],
    },
    aws: {
        kind: "elasticache",
        resources: [
            "aws:elasticache/replicationGroup:ReplicationGroup::valkey-cache",
            "aws:elasticache/replicationGroup:ReplicationGroup::valkey-state",
        ],
        address: "clustercfg.valkey-state-",
        larger: { stateNodeType: "cache.r7g.large" },
        updated: ["aws:elasticache/replicationGroup:ReplicationGroup::valkey-state"],
    },
} as const;

/** The stand-ins accept, keep and delete the managed caches (CA-01). */
describe("engine: managed caches", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    for (const cloud of ["gcp", "aws"] as const) {
        const { kind, resources, address, larger, updated } = managed[cloud];
        it(`are created on ${cloud} with the policy pack enforced, change one at a time, and are destroyed`, async () => {
            const name = `managed-caches-${cloud}`;
            let session: Session | undefined;
            try {
                session = await environment?.start(name, {
                    stack: "dev",
                    config: { "ecommerce-platform:cloud": cloud, "ecommerce-platform:cache": { kind } },
                    policyPack: POLICY_PACK,
                });
                assert.ok(session);
                const { violations } = await session.succeed({ kind: "up", policyPack: true });
                assert.deepEqual(
                    violations.filter(({ level }) => level === "mandatory"),
                    [],
                );
                const state = (await session.export()).resources ?? [];
                const names = state.map(({ urn }) => typeAndName(urn));
                assert.deepEqual(
                    names.filter((one) => /memorystore\/instance|elasticache\/replicationGroup/.test(one)).sort(),
                    resources,
                );
                assert.deepEqual(
                    names.filter((one) => /StatefulSet::valkey/.test(one)),
                    [],
                );
                const order = state.find(({ urn }) => typeAndName(urn) === "kubernetes:apps/v1:Deployment::order");
                assert.ok(JSON.stringify(order).includes(`"value":"${address}`), "order has another address");
                await session.succeed({ kind: "preview", expectNoChanges: true });
                await session.succeed({ kind: "refresh", expectNoChanges: true });
                const { changes } = await session.succeed({
                    kind: "up",
                    config: { "ecommerce-platform:cache": { kind, ...larger } },
                });
                assert.deepEqual(
                    changes.map(({ urn, op }) => [op, typeAndName(urn)]),
                    updated.map((one) => ["update", one]),
                );
                await session.succeed({ kind: "destroy" });
                const left = (await session.store.entries()).map(({ value }) => shortName(value));
                assert.deepEqual(left.sort(), keptOf("dev", cloud));
            } finally {
                await environment?.finish(name, session);
            }
        });
    }
});

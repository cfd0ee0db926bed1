import assert from "node:assert/strict";
import { keptOf } from "../stacks/account/kept";
import type { Json } from "./harness/protocol";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { POLICY_PACK, shortName, typeAndName } from "./lifecycle";

const key = (name: string): string => `ecommerce-platform:${name}`;

interface Journey {
    readonly cloud: "gcp" | "aws";
    readonly kind: string;
    /** A changed parameter and machine, and the complete list of operations. */
    readonly database: Readonly<Record<string, Json>>;
    readonly operations: readonly string[];
    /** What the layer leaves, besides what prod leaves with the operator. */
    readonly kept: readonly string[];
}

const name = "database-instances";
const replicas = [1, 2, 3].map((index) => `${name}-replica-${index}`);

const journeys: readonly Journey[] = [
    {
        cloud: "gcp",
        kind: "cloud-sql",
        database: { kind: "cloud-sql", maxConnections: 800, machineType: "db-custom-16-65536" },
        operations: [name, ...replicas].map((one) => `update gcp:sql/databaseInstance:DatabaseInstance::${one}`),
        kept: [`CryptoKey ${name}-key`, `CryptoKeyIAMMember ${name}-key`, `KeyRing ${name}-key`],
    },
    {
        cloud: "aws",
        kind: "rds",
        database: { kind: "rds", maxConnections: 800, machineType: "db.m7g.4xlarge" },
        operations: [
            ...[name, ...replicas].map((one) => `update aws:rds/instance:Instance::${one}`),
            `update aws:rds/parameterGroup:ParameterGroup::${name}`,
        ],
        kept: [`Key ${name}-key`, `Key ${name}-copies-key`],
    },
];

/** The stand-ins accept managed databases in prod's size, and change them in place (DB-18). */
describe("engine: managed databases", () => {
    let environment: TestEnvironment | undefined;
    before(async () => {
        environment = await TestEnvironment.open();
    });
    after(() => environment?.close());

    for (const { cloud, kind, database, operations, kept } of journeys) {
        it(`prod with ${kind} is created with the policy pack enforced, changed without a replacement, and destroyed`, async () => {
            const stack = `managed-${cloud}`;
            let session: Session | undefined;
            try {
                session = await environment?.start(stack, {
                    stack: "prod",
                    config: { [key("cloud")]: cloud, [key("database")]: { kind } },
                    policyPack: POLICY_PACK,
                });
                assert.ok(session);
                const { violations } = await session.succeed({ kind: "up", policyPack: true });
                assert.deepEqual(
                    violations.filter(({ level }) => level === "mandatory"),
                    [],
                );
                await session.succeed({ kind: "preview", expectNoChanges: true });
                const changed = await session.succeed({ kind: "up", config: { [key("database")]: database } });
                assert.deepEqual(
                    changed.changes.map(({ op, urn }) => `${op} ${typeAndName(urn)}`).sort(),
                    [...operations].sort(),
                );
                const refused = await session.run({ kind: "destroy", previewOnly: true });
                assert.match(refused.output, new RegExp(`${name}.*cannot be deleted`, "s"));
                await session.succeed({ kind: "up", config: { [key("cluster")]: { deletionProtection: false } } });
                await session.succeed({ kind: "destroy" });
                const left = (await session.store.entries()).map(({ value }) => shortName(value));
                assert.deepEqual(left.sort(), [...keptOf("prod", cloud), ...kept].sort());
            } finally {
                await environment?.finish(stack, session);
            }
        });
    }
});

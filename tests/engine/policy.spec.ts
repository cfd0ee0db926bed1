import assert from "node:assert/strict";
import { join } from "node:path";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { POLICY_PACK, typeAndName } from "./lifecycle";

describe("engine: policy pack", () => {
    const name = "privileged";
    let environment: TestEnvironment | undefined;
    let session: Session | undefined;

    before(async () => {
        environment = await TestEnvironment.open();
        session = await environment.start(name, {
            stack: "dev",
            config: { "ecommerce-platform:cloud": "existing" },
            program: join(__dirname, "programs/privileged.ts"),
            policyPack: POLICY_PACK,
        });
    });

    after(async () => {
        await environment?.finish(name, session);
        environment?.close();
    });

    for (const kind of ["preview", "up"] as const) {
        it(`${kind} fails for a privileged container, names the policy and does not create the Deployment`, async () => {
            assert.ok(session);
            const outcome = await session.run({ kind, policyPack: true });
            assert.notEqual(outcome.error, undefined, "the operation succeeded");
            assert.match(outcome.output, /\[mandatory\].*forbid-privileged-containers/);
            const mandatory = outcome.violations.filter(({ level }) => level === "mandatory");
            assert.deepEqual(
                mandatory.map(({ policy, urn }) => `${policy} ${typeAndName(urn)}`),
                ["forbid-privileged-containers kubernetes:apps/v1:Deployment::payment"],
            );
            const keys = (await session.store.list("kubernetes")).map(({ key }) => key);
            assert.deepEqual(
                keys.filter((key) => key.includes("/Deployment/") && key.endsWith("/payment")),
                [],
            );
            if (kind === "preview") {
                assert.deepEqual(session.store.remaining(), []);
                assert.deepEqual((await session.export()).resources ?? [], []);
            }
        });
    }
});

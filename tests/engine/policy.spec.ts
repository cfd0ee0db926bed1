import assert from "node:assert/strict";
import { join } from "node:path";
import type { Session } from "./harness/session";
import { Workbench } from "./harness/workbench";
import { POLICY_PACK, shortOf } from "./journeys";

describe("engine: policy pack", () => {
    const name = "privileged";
    let workbench: Workbench | undefined;
    let session: Session | undefined;

    before(async () => {
        workbench = await Workbench.open();
        session = await workbench.start(name, {
            stack: "dev",
            config: { "ecommerce-platform:cloud": "existing" },
            program: join(__dirname, "programs/privileged.ts"),
            policyPack: POLICY_PACK,
        });
    });

    after(async () => {
        await workbench?.finish(name, session);
        workbench?.close();
    });

    for (const kind of ["preview", "up"] as const) {
        it(`stops a privileged container at ${kind}, names the policy, and nothing of it is made`, async () => {
            assert.ok(session);
            const outcome = await session.run({ kind, policyPack: true });
            assert.notEqual(outcome.error, undefined, "the engine went on");
            assert.match(outcome.output, /\[mandatory\].*forbid-privileged-containers/);
            const mandatory = outcome.violations.filter(({ level }) => level === "mandatory");
            assert.deepEqual(
                mandatory.map(({ policy, urn }) => `${policy} ${shortOf(urn)}`),
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

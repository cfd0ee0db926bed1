import assert from "node:assert/strict";
import { join } from "node:path";
import { filesBelow } from "./harness/files";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { stringAt } from "./providers/core/value";

describe("engine: secrets", () => {
    const name = "canary";
    let environment: TestEnvironment | undefined;
    let session: Session | undefined;

    before(async () => {
        environment = await TestEnvironment.open();
        session = await environment.start(name, {
            stack: "dev",
            program: join(__dirname, "programs/canary.ts"),
            checkpoints: true,
        });
    });

    after(async () => {
        await environment?.finish(name, session);
        environment?.close();
    });

    it("never lie in the state, its checkpoints, its history or what is exported of it", async () => {
        assert.ok(session && environment);
        await session.succeed({ kind: "up" });
        const made = await session.store.list("random");
        const password = stringAt(made[0]?.value, "outputs.result") ?? "";
        assert.equal(password.length, 32, "there is no canary to look for");

        // What was hidden from the state did arrive where it belongs.
        const encoded = Buffer.from(password).toString("base64");
        const objects = JSON.stringify(await session.store.list("kubernetes"));
        assert.ok(objects.includes(encoded), "the Secret does not hold the password");

        const texts = filesBelow(environment.folderOf(name));
        texts.set("pulumi stack export", JSON.stringify(await session.export()));
        const stateFiles = [...texts.keys()].filter((path) => path.includes("/.pulumi/"));
        assert.ok(stateFiles.length >= 3, `a state, its backup and its history, not ${stateFiles.join(" ")}`);
        for (const secret of [password, encoded, "kubeconfig-canary-4f1d7c"]) {
            const holders = [...texts].filter(([, text]) => text.includes(secret)).map(([path]) => path);
            assert.deepEqual(holders, []);
        }
    });

    it("survive a second update and a refresh as secrets", async () => {
        assert.ok(session && environment);
        await session.succeed({ kind: "up", expectNoChanges: true });
        await session.succeed({ kind: "refresh", expectNoChanges: true });
        const made = await session.store.list("random");
        const password = stringAt(made[0]?.value, "outputs.result") ?? "";
        const holders = [...filesBelow(environment.folderOf(name))].filter(([, text]) => text.includes(password));
        assert.deepEqual(
            holders.map(([path]) => path),
            [],
        );
        await session.succeed({ kind: "destroy" });
        assert.deepEqual(session.store.remaining(), []);
    });
});

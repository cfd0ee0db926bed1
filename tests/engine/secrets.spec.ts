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

    it("are in plain text neither in the state, its checkpoints and history nor in its export", async () => {
        assert.ok(session && environment);
        await session.succeed({ kind: "up" });
        const created = await session.store.list("random");
        const password = stringAt(created[0]?.value, "outputs.result") ?? "";
        assert.equal(password.length, 32, "the canary password was not generated");

        const encoded = Buffer.from(password).toString("base64");
        const objects = JSON.stringify(await session.store.list("kubernetes"));
        assert.ok(objects.includes(encoded), "the Secret does not contain the password");

        const texts = filesBelow(environment.folderOf(name));
        texts.set("pulumi stack export", JSON.stringify(await session.export()));
        const stateFiles = [...texts.keys()].filter((path) => path.includes("/.pulumi/"));
        assert.ok(stateFiles.length >= 3, `expected a state, its backup and its history, got ${stateFiles.join(" ")}`);
        for (const secret of [password, encoded, "kubeconfig-canary-4f1d7c"]) {
            const paths = [...texts].filter(([, text]) => text.includes(secret)).map(([path]) => path);
            assert.deepEqual(paths, []);
        }
    });

    it("stay encrypted after a second up and a refresh", async () => {
        assert.ok(session && environment);
        await session.succeed({ kind: "up", expectNoChanges: true });
        await session.succeed({ kind: "refresh", expectNoChanges: true });
        const created = await session.store.list("random");
        const password = stringAt(created[0]?.value, "outputs.result") ?? "";
        const files = [...filesBelow(environment.folderOf(name))].filter(([, text]) => text.includes(password));
        assert.deepEqual(
            files.map(([path]) => path),
            [],
        );
        await session.succeed({ kind: "destroy" });
        assert.deepEqual(session.store.remaining(), []);
    });
});

import assert from "node:assert/strict";
import { join } from "node:path";

import { filesBelow } from "../engine/harness/files";
import { TestEnvironment } from "../engine/harness/test-environment";
import { startControlPlane } from "./control-plane/start-with-crds";
import { at, isObject, textAt, type Json } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { StackRun, changesOf } from "./engine/stack-run";
import { log } from "./log";

const secretPath = "/api/v1/namespaces/canary/secrets/canary";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Values of Secrets on a real API server are never written to a file of the run in plain text. Proof code A. */
describe("secrets between the engine and a real API server", function () {
    this.timeout(1_200_000);
    let plane: ControlPlane;
    let environment: TestEnvironment;
    let run: StackRun;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        environment = await TestEnvironment.open();
        plane = await startControlPlane({ components: ["kube-controller-manager"] }, log);
        stop = () => plane.stop();
        const program = join(__dirname, "../engine/programs/canary.ts");
        run = await StackRun.start(environment, plane, { stack: "dev", cloud: "existing" }, program);
    });

    after(async () => {
        await run.finish(environment);
        environment.close();
        await stop();
    });

    /** Paths of the run's files, including the exported state, that contain any of the texts. */
    async function filesContaining(texts: readonly string[]): Promise<string[]> {
        const files = filesBelow(run.folder(environment));
        files.set("pulumi stack export", JSON.stringify(await run.session.export()));
        return [...files].filter(([, content]) => texts.some((text) => content.includes(text))).map(([path]) => path);
    }

    const live = async (): Promise<Json | undefined> =>
        at(await plane.client.must({ method: "GET", path: secretPath }), "data", "password");

    it("are stored on the server and in no file after up, a second up and a refresh", async () => {
        await run.session.succeed({ kind: "up" });
        const [created] = await run.session.store.list("random");
        const password = isObject(created?.value) ? (textAt(created.value, "outputs", "result") ?? "") : "";
        assert.equal(password.length, 32, "the canary password was not generated");
        assert.equal(await live(), base64(password));
        await run.session.succeed({ kind: "up", expectNoChanges: true });
        await run.session.succeed({ kind: "refresh", expectNoChanges: true });
        assert.deepEqual(await filesContaining([password, base64(password)]), []);
    });

    it("that were edited on the server are detected by refresh, and the edited value is in no file", async () => {
        const password = await live();
        const editedText = "edited-on-the-server-9b2e";
        const edited = base64(editedText);
        await plane.client.must({
            method: "PATCH",
            path: secretPath,
            query: { fieldManager: "kubectl-edit" },
            contentType: "application/merge-patch+json",
            body: { data: { password: edited } },
        });
        const { changes } = await run.session.succeed({ kind: "refresh" });
        assert.deepEqual(changesOf(changes), ["update kubernetes:core/v1:Secret::canary"]);
        assert.deepEqual(await filesContaining([edited, editedText]), []);

        // The provider replaces a Secret whose data changed, so there is no field conflict.
        const repaired = await run.session.succeed({ kind: "up" });
        assert.deepEqual(
            changesOf(repaired.changes).filter((change) => change.startsWith("replace ")),
            ["replace kubernetes:core/v1:Secret::canary"],
        );
        assert.equal(await live(), password);
        await run.session.succeed({ kind: "destroy" });
        assert.deepEqual(await run.fallbacks(), []);
        assert.deepEqual(run.session.store.remaining(), []);
    });
});

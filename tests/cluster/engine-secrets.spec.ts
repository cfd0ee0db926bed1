import assert from "node:assert/strict";
import { join } from "node:path";

import { filesBelow } from "../engine/harness/files";
import { Workbench } from "../engine/harness/workbench";
import { startControlPlane } from "./control-plane/baked";
import { at, isObject, textAt, type Json } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { Life, changesOf } from "./engine/life";
import { note } from "./note";

const secretPath = "/api/v1/namespaces/canary/secrets/canary";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What goes into a Secret of a real API server comes back from it into no file of ours. Proof code A. */
describe("secrets between the engine and a real API server", function () {
    this.timeout(300_000);
    let plane: ControlPlane;
    let workbench: Workbench;
    let life: Life;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        workbench = await Workbench.open();
        plane = await startControlPlane({ extras: ["kube-controller-manager"] }, note);
        stop = () => plane.stop();
        const program = join(__dirname, "../engine/programs/canary.ts");
        life = await Life.begin(workbench, plane, { stack: "dev", cloud: "existing" }, program);
    });

    after(async () => {
        await life.end(workbench);
        workbench.close();
        await stop();
    });

    /** Paths of the run's files that hold any of the texts, the exported state among them. */
    async function holders(texts: readonly string[]): Promise<string[]> {
        const files = filesBelow(life.folder(workbench));
        files.set("pulumi stack export", JSON.stringify(await life.session.export()));
        return [...files].filter(([, content]) => texts.some((text) => content.includes(text))).map(([path]) => path);
    }

    const live = async (): Promise<Json | undefined> =>
        at(await plane.client.must({ method: "GET", path: secretPath }), "data", "password");

    it("arrive there and lie in no file, after an update, a second one and a refresh", async () => {
        await life.session.succeed({ kind: "up" });
        const [made] = await life.session.store.list("random");
        const password = isObject(made?.value) ? (textAt(made.value, "outputs", "result") ?? "") : "";
        assert.equal(password.length, 32, "there is no canary to look for");
        assert.equal(await live(), base64(password));
        await life.session.succeed({ kind: "up", expectNoChanges: true });
        await life.session.succeed({ kind: "refresh", expectNoChanges: true });
        assert.deepEqual(await holders([password, base64(password)]), []);
    });

    it("are found where they were edited, and the edited value lies in no file either", async () => {
        const password = await live();
        const edited = base64("edited-behind-its-back-9b2e");
        await plane.client.must({
            method: "PATCH",
            path: secretPath,
            query: { fieldManager: "kubectl-edit" },
            contentType: "application/merge-patch+json",
            body: { data: { password: edited } },
        });
        const { changes } = await life.session.succeed({ kind: "refresh" });
        assert.deepEqual(changesOf(changes), ["update kubernetes:core/v1:Secret::canary"]);
        assert.deepEqual(await holders([edited, "edited-behind-its-back-9b2e"]), []);

        // Data of a Secret cannot change in place, so the provider makes another one: nobody else owns its fields.
        const repaired = await life.session.succeed({ kind: "up" });
        assert.deepEqual(
            changesOf(repaired.changes).filter((change) => change.startsWith("replace ")),
            ["replace kubernetes:core/v1:Secret::canary"],
        );
        assert.equal(await live(), password);
        await life.session.succeed({ kind: "destroy" });
        assert.deepEqual(await life.fallbacks(), []);
        assert.deepEqual(life.session.store.remaining(), []);
    });
});

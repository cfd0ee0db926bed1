import assert from "node:assert/strict";
import { planned } from "./lifecycle";
import { eventually } from "../cluster/control-plane/wait";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { OBJECTS, RELEASES } from "./providers/kubernetes/memory";
import { UNREADY_VARIABLE } from "./providers/kubernetes/unready";

const name = "interrupted";
const namespace = "core/Namespace//messaging";
const release = "security/cert-manager";
const upsert = (value: boolean): Readonly<Record<string, string>> => ({
    PULUMI_K8S_UPSERT_EXISTING_OBJECTS: String(value),
});

/** The recovery that docs/clusters.md describes, step by step. */
describe("engine: an update that was killed", () => {
    let environment: TestEnvironment | undefined;
    let session: Session | undefined;
    let killed: Session | undefined;
    const running = (): Session => session ?? assert.fail("no session");

    before(async () => {
        environment = await TestEnvironment.open();
        const options = { stack: "local", checkpoints: true } as const;
        const env = { [UNREADY_VARIABLE]: "messaging,cert-manager" };
        killed = await environment.start(name, { ...options, env });
        const update = assert.rejects(killed.run({ kind: "up" }));
        const { store } = killed;
        await eventually(
            "an object and a release that are not in the state yet",
            async () => {
                const found = await Promise.all([store.get(OBJECTS, namespace), store.get(RELEASES, release)]);
                return found.includes(undefined) ? undefined : true;
            },
            { limitMs: 300_000, everyMs: 200 },
        );
        await killed.stop();
        await update;
        session = await environment.start(name, { ...options, store });
    });
    after(async () => {
        await environment?.finish(name, session);
        environment?.close();
    });

    it("leaves the stack locked; pulumi cancel removes the lock", async () => {
        const locked = await running().run({ kind: "up" });
        assert.match(locked.output + (locked.error ?? ""), /the stack is currently locked by 1 lock\(s\)/);
        await running().succeed({ kind: "cancel" });
    });

    it("leaves an object that the next update does not know, and refuses to create", async () => {
        const outcome = await running().run({ kind: "up" });
        assert.match(outcome.output, /namespaces "messaging" already exists/);
        assert.notEqual(outcome.error, undefined);
    });

    it("leaves a half-made release, whose name Helm refuses", async () => {
        const outcome = await running().run({ kind: "up", env: upsert(true) });
        assert.match(outcome.output, /cannot re-use a name that is still in use/);
        assert.doesNotMatch(outcome.output, /already exists/);
        assert.notEqual(outcome.error, undefined);
    });

    it("is completed without the Secrets of releases that are not in the state, and with existing objects adopted", async () => {
        // On a busy machine other releases can be complete and not in the state either: their Secrets are deleted too.
        const known = ((await running().export()).resources ?? [])
            .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
            .map(({ id }) => id);
        const records = (await running().store.list(RELEASES)).map(({ key }) => key);
        const unknown = records.filter((key) => !known.includes(key));
        assert.ok(unknown.includes(release));
        await Promise.all(unknown.map((key) => running().store.delete(RELEASES, key)));
        await running().succeed({ kind: "up", env: upsert(true) });
        const state = (await running().export()).resources ?? [];
        assert.deepEqual(state.map(({ urn }) => urn).sort(), await planned({ stack: "local", cloud: "existing" }));
        const again = await running().succeed({ kind: "up", env: upsert(false), expectNoChanges: true });
        assert.deepEqual(again.changes, []);
    });

    it("is destroyed completely afterwards", async () => {
        await running().succeed({ kind: "destroy" });
        assert.deepEqual(running().store.remaining(), []);
    });
});

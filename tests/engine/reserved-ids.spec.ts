import assert from "node:assert/strict";
import type { Session } from "./harness/session";
import { TestEnvironment } from "./harness/test-environment";
import { expireDeletions } from "./providers/core/deletions";

const ROLE = "gcp:projects/iAMCustomRole:IAMCustomRole";

/** A clause of docs/clusters.md, "Deletion": a destroyed stack can be created again in its project. */
describe("engine: ids that a destroyed stack reserves", () => {
    const name = "reserved-ids";
    let environment: TestEnvironment | undefined;
    let session: Session | undefined;

    before(async () => {
        environment = await TestEnvironment.open();
        session = await environment.start(name, {
            stack: "dev",
            config: { "ecommerce-platform:cloud": "gcp" },
        });
    });

    after(async () => {
        await environment?.finish(name, session);
        environment?.close();
    });

    const roles = async (): Promise<string[]> =>
        ((await session?.store.list("gcp")) ?? [])
            .filter(({ value }) => value["type"] === ROLE)
            .map(({ key }) => key.slice(ROLE.length + 1))
            .sort();

    it("a stack is created again in its project while the ids of its custom roles are reserved", async () => {
        assert.ok(session);
        await session.succeed({ kind: "up" });
        const first = await roles();
        assert.ok(first.length > 0);
        await session.succeed({ kind: "destroy" });
        assert.deepEqual((await expireDeletions(session.store, "gcp", ROLE)).sort(), first);

        await session.succeed({ kind: "up" });
        const second = await roles();
        const withoutSuffix = (ids: readonly string[]): string[] => ids.map((id) => id.replace(/_\d{6}$/, ""));
        assert.deepEqual(withoutSuffix(second), withoutSuffix(first));
        assert.deepEqual(
            second.filter((id) => first.includes(id)),
            [],
        );
        await session.succeed({ kind: "preview", expectNoChanges: true });
    });
});

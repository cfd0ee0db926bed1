import assert from "node:assert/strict";
import { join } from "node:path";
import { planStack } from "../../tools/plan";
import { Lifecycle } from "./harness/lifecycle-pool";
import type { Change, Json, Operation, Outcome } from "./harness/protocol";
import { ROOT, type Session } from "./harness/session";
import type { TestEnvironment } from "./harness/test-environment";

export const POLICY_PACK = join(ROOT, "policy");

type Config = Readonly<Record<string, Json>>;

/** A stack on a cloud, and what is known about it beforehand. */
export interface Scenario {
    readonly stack: string;
    readonly cloud: string;
    /** A change of replicas, and all that it may touch, as `<type>::<name>`. */
    readonly change: { readonly config: Config; readonly touches: readonly string[] };
    /** Configuration without which the clouds keep what the stack made; none where nothing is protected. */
    readonly release?: Config;
}

/** Steps in the order in which they are run. */
export const STEPS = {
    preview: "previews what the plan says, with the policy pack enforced",
    up: "comes up as planned, with the policy pack enforced",
    again: "a second preview and a second update change nothing",
    refresh: "a refresh finds everything as it was left",
    change: "a changed replica count touches its own objects only",
    destroy: "is destroyed with nothing left",
} as const;

/** `<type>::<name>` of a URN. */
export function typeAndName(urn: string): string {
    const [, , types = "", name = ""] = urn.split("::");
    return `${types.split("$").pop() ?? ""}::${name}`;
}

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

const urns = (changes: readonly Change[]): string[] => sorted(changes.map(({ urn }) => urn));

const ops = (changes: readonly Change[]): string[] => sorted(changes.map(({ op }) => op));

const namespaced = (config: Config): Config =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`ecommerce-platform:${key}`, value]));

function withoutMandatory({ violations }: Outcome): void {
    assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
        "the pack holds something against the stack",
    );
}

/** URNs that the in-process plan lists for the scenario. */
async function planned({ stack, cloud }: Scenario): Promise<string[]> {
    const { resources } = await planStack({ stack, cloud, judge: false });
    return sorted(resources.map(({ urn }) => urn));
}

/** The whole life of a stack: each step says in its message what differs. */
export function lifecycleOf(environment: () => TestEnvironment, scenario: Scenario): Lifecycle {
    const { stack, cloud, change, release } = scenario;
    const name = `${stack}-${cloud}`;
    let session: Session | undefined;
    let plan: readonly string[] = [];
    const succeed = async (operation: Operation): Promise<Outcome> => {
        session ??= await environment().start(name, {
            stack,
            config: namespaced({ cloud }),
            policyPack: POLICY_PACK,
        });
        return session.succeed(operation);
    };
    const inState = async (): Promise<string[]> =>
        sorted(((await session?.export())?.resources ?? []).map(({ urn }) => urn));

    return new Lifecycle(
        name,
        [
            [
                STEPS.preview,
                async () => {
                    const outcome = await succeed({ kind: "preview", policyPack: true });
                    withoutMandatory(outcome);
                    assert.deepEqual(ops(outcome.changes), ["create"]);
                    plan = await planned(scenario);
                    assert.deepEqual(urns(outcome.changes), plan);
                    assert.deepEqual(session?.store.remaining(), [], "a preview made something");
                },
            ],
            [
                STEPS.up,
                async () => {
                    const outcome = await succeed({ kind: "up", policyPack: true });
                    withoutMandatory(outcome);
                    assert.deepEqual(ops(outcome.changes), ["create"]);
                    assert.deepEqual(await inState(), plan);
                },
            ],
            [
                STEPS.again,
                async () => {
                    for (const kind of ["preview", "up"] as const) {
                        const outcome = await succeed({ kind, expectNoChanges: true });
                        assert.deepEqual(outcome.changes, []);
                        assert.equal(outcome.unchanged, (await inState()).length);
                    }
                },
            ],
            [
                STEPS.refresh,
                async () => {
                    await succeed({ kind: "refresh", expectNoChanges: true });
                },
            ],
            [
                STEPS.change,
                async () => {
                    const before = await inState();
                    const outcome = await succeed({ kind: "up", config: namespaced(change.config) });
                    assert.deepEqual(sorted(urns(outcome.changes).map(typeAndName)), sorted(change.touches));
                    assert.deepEqual(ops(outcome.changes), ["update"]);
                    assert.deepEqual(await inState(), before);
                },
            ],
            [
                STEPS.destroy,
                async () => {
                    if (release !== undefined) {
                        // As the CLI does unless it is told not to: look first, and stop at what is protected.
                        const refused = await session?.run({ kind: "destroy", previewOnly: true });
                        assert.match(refused?.output ?? "", /cannot be deleted/, "a protected stack may go");
                        await succeed({ kind: "up", config: namespaced(release) });
                    }
                    const outcome = await succeed({ kind: "destroy" });
                    assert.deepEqual(ops(outcome.changes), ["delete"]);
                    assert.deepEqual(await inState(), []);
                    assert.deepEqual(session?.store.remaining(), [], "left over in the clouds");
                },
            ],
        ],
        () => environment().finish(name, session),
    );
}

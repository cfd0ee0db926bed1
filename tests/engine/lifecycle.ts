import assert from "node:assert/strict";
import { join } from "node:path";
import { dependencies } from "../../package.json";
import { planStack } from "../../tools/plan";
import { Lifecycle } from "./harness/lifecycle-pool";
import type { Change, Json, Operation, Outcome } from "./harness/protocol";
import { ROOT, type Session } from "./harness/session";
import type { TestEnvironment } from "./harness/test-environment";
import { stringAt, type Bag } from "./providers/core/value";

export const POLICY_PACK = join(ROOT, "policy");

type Config = Readonly<Record<string, Json>>;

/** A stack on a cloud with its expected results. */
export interface Scenario {
    readonly stack: string;
    readonly cloud: string;
    /** A configuration change and the complete list of updated resources, as `<type>::<name>`. */
    readonly change: { readonly config: Config; readonly updates: readonly string[] };
    /** Configuration that disables deletion protection, for stacks that have it. */
    readonly unprotect?: Config;
    /** Data that a destroy leaves in the cloud, as `<Type> <name>`, sorted. @default none */
    readonly kept?: readonly string[];
}

/** Steps in order; the values are the test titles. */
export const STEPS = {
    preview: "preview with the policy pack lists the resources of the plan",
    up: "up with the policy pack creates the resources of the plan",
    again: "a second preview and a second up change nothing",
    refresh: "refresh finds no changes",
    change: "a changed setting updates its own resources only",
    destroy: "destroy leaves the data that outlives the stack, and nothing else",
} as const;

/** `<type>::<name>` of a URN. */
export function typeAndName(urn: string): string {
    const [, , types = "", name = ""] = urn.split("::");
    return `${types.split("$").pop() ?? ""}::${name}`;
}

/** `<Type> <name>` of an entry of the store. */
export function shortName(value: Bag): string {
    const [type = "", name = ""] = typeAndName(stringAt(value, "urn") ?? "").split("::");
    return `${type.split(":").pop() ?? ""} ${name}`;
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
        "mandatory policies are violated",
    );
}

/** URNs that the in-process plan lists for a stack, and that of the provider that the engine adds for passwords. */
export async function planned({ stack, cloud }: Pick<Scenario, "stack" | "cloud">): Promise<string[]> {
    const { resources } = await planStack({ stack, cloud, checkPolicies: false });
    const version = dependencies["@pulumi/random"].replaceAll(".", "_");
    const passwords = `urn:pulumi:${stack}::ecommerce-platform::pulumi:providers:random::default_${version}`;
    return sorted([...resources.map(({ urn }) => urn), passwords]);
}

/** The lifecycle of a stack; a failed step names the differences. */
export function lifecycleOf(environment: () => TestEnvironment, scenario: Scenario): Lifecycle {
    const { stack, cloud, change, unprotect, kept = [] } = scenario;
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
                    assert.deepEqual(session?.store.remaining(), [], "the preview created resources");
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
                    assert.deepEqual(sorted(urns(outcome.changes).map(typeAndName)), sorted(change.updates));
                    assert.deepEqual(ops(outcome.changes), ["update"]);
                    assert.deepEqual(await inState(), before);
                },
            ],
            [
                STEPS.destroy,
                async () => {
                    if (unprotect !== undefined) {
                        // The CLI previews before it destroys, and stops at protected resources.
                        const refused = await session?.run({ kind: "destroy", previewOnly: true });
                        assert.match(refused?.output ?? "", /cannot be deleted/, "the stack is not protected");
                        await succeed({ kind: "up", config: namespaced(unprotect) });
                    }
                    const outcome = await succeed({ kind: "destroy" });
                    assert.deepEqual(ops(outcome.changes), ["delete"]);
                    assert.deepEqual(await inState(), []);
                    const left = (await session?.store.entries())?.map(({ value }) => shortName(value)) ?? [];
                    assert.deepEqual(left.sort(), kept, "left in the clouds");
                },
            ],
        ],
        () => environment().finish(name, session),
    );
}

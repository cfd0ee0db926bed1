import assert from "node:assert/strict";
import { CloudProvider, type Cloud } from "./cloud";
import type { Provider, Target } from "./provider";
import { MemoryStore } from "./store";
import { clone, type Bag } from "./value";

/** Target of a resource in a test. */
export function targetOf(type: string, name = "it"): Target {
    return { urn: `urn:pulumi:test::test::${type}::${name}`, type, name };
}

export interface CloudUnderTest {
    readonly provider: Provider;
    readonly store: MemoryStore;
}

/** A configured stand-in of a cloud without resources. */
export async function fresh(cloud: Cloud, settings: Bag): Promise<CloudUnderTest> {
    const store = new MemoryStore();
    const provider = new CloudProvider(cloud, store);
    await provider.configure(settings);
    return { provider, store };
}

/** Checks and creates a resource as the engine does. @throws Error with the first failure. */
export async function createIn(provider: Provider, target: Target, given: Bag, preview = false): Promise<Bag> {
    const { inputs, failures } = await provider.check(target, {}, clone(given));
    const [failure] = failures;
    if (failure !== undefined) {
        throw new Error(failure.reason);
    }
    const { id, outputs } = await provider.create(target, inputs, preview);
    return { ...outputs, id };
}

/** Inputs that a stand-in refuses, with the exact error message. */
export interface RefusalCase {
    /** Title of the test. */
    readonly what: string;
    readonly type: string;
    readonly inputs: Bag;
    readonly message: string;
    /** Resources to create first. */
    readonly before?: readonly { readonly type: string; readonly name: string; readonly inputs: Bag }[];
}

/** Declares a test for each refusal. */
export function itRefuses(cloud: Cloud, settings: Bag, cases: readonly RefusalCase[]): void {
    for (const { what, type, inputs, message, before = [] } of cases) {
        it(what, async () => {
            const { provider } = await fresh(cloud, settings);
            for (const earlier of before) {
                await createIn(provider, targetOf(earlier.type, earlier.name), earlier.inputs);
            }
            await assert.rejects(createIn(provider, targetOf(type), inputs), { message });
        });
    }
}

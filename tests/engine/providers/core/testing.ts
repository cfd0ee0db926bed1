import assert from "node:assert/strict";
import { CloudProvider, type Cloud } from "./cloud";
import type { Provider, Target } from "./provider";
import { MemoryStore } from "./store";
import { clone, type Bag } from "./value";

/** Target of a resource in a test; the type's last part is the class. */
export function targetOf(type: string, name = "it"): Target {
    return { urn: `urn:pulumi:test::test::${type}::${name}`, type, name };
}

export interface CloudUnderTest {
    readonly provider: Provider;
    readonly store: MemoryStore;
}

/** A fresh stand-in of a cloud, configured, with nothing in it. */
export async function fresh(cloud: Cloud, settings: Bag): Promise<CloudUnderTest> {
    const store = new MemoryStore();
    const provider = new CloudProvider(cloud, store);
    await provider.configure(settings);
    return { provider, store };
}

/** Checks and creates, as the engine does: the first failure of either is thrown. */
export async function createIn(provider: Provider, target: Target, given: Bag, preview = false): Promise<Bag> {
    const { inputs, failures } = await provider.check(target, {}, clone(given));
    const [failure] = failures;
    if (failure !== undefined) {
        throw new Error(failure.reason);
    }
    const { id, outputs } = await provider.create(target, inputs, preview);
    return { ...outputs, id };
}

/** A refusal: what is changed in inputs that are otherwise accepted, and what the answer then is, word for word. */
export interface RefusalCase {
    readonly what: string;
    readonly type: string;
    readonly inputs: Bag;
    readonly message: string;
    /** Resources that have to be there first. */
    readonly before?: readonly { readonly type: string; readonly name: string; readonly inputs: Bag }[];
}

/** Declares one test a refusal. */
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

import assert from "node:assert/strict";

import { messageOf, type KubeClient } from "../../control-plane/client";
import type { Json, KubeObject } from "../../control-plane/json";
import { withChanges } from "../../refusals/fixture";

/** A change to an object of the plan that an operator's admission refuses. */
export interface Refusal {
    readonly title: string;
    /** `<kind> <name>` of an object of prod on gcp. */
    readonly object: string;
    /** New values by path, such as `spec.instances`; undefined removes a field. */
    readonly set: Readonly<Record<string, Json | undefined>>;
    /** The operator's words, complete. */
    readonly words: string;
}

/** Asserts that the operator's webhook refuses the change, in its own words; nothing is written. */
export async function assertDenied(
    client: KubeClient,
    objects: readonly KubeObject[],
    webhookOf: (kind: string) => string,
    { object, set, words }: Refusal,
): Promise<void> {
    const base = objects.find(({ kind, metadata }) => `${kind} ${metadata.name}` === object);
    assert.ok(base !== undefined, `the plan has no ${object}`);
    const { status, body } = await client.apply(withChanges({ base, set }), { dryRun: true });
    const message = `admission webhook "${webhookOf(base.kind)}" denied the request: ${words}`;
    assert.deepEqual([status, messageOf(body)], [422, message]);
}

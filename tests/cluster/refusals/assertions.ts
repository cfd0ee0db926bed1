import assert from "node:assert/strict";

import { messageOf, type Answer } from "../control-plane/client";
import { at, textAt, type KubeObject } from "../control-plane/json";
import type { PlannedObject } from "../plan/objects";

/** Throws unless the API server refused with this message, and with the status if one is given. */
export function assertRefused({ status, body }: Answer, message: RegExp, expected?: number): void {
    assert.ok(status >= 400, `admitted with ${status}`);
    assert.match(messageOf(body), message);
    assert.equal(status, expected ?? status);
}

/** Namespaces whose quota admits no pods: no layer declares pods for them. */
export function withoutPods(quotas: readonly KubeObject[]): string[] {
    const closed = quotas.filter((quota) => textAt(quota, "spec", "hard", "pods") === "0");
    return closed.map((quota) => textAt(quota, "metadata", "namespace") ?? assert.fail("a quota has no namespace"));
}

/** The plan without workloads, and without admission policies: Pod Security and quotas have to refuse by themselves. */
export function withoutWorkloads(planned: readonly PlannedObject[]): PlannedObject[] {
    return planned.filter(
        ({ object }) =>
            at(object, "spec", "template") === undefined && !object.kind.startsWith("ValidatingAdmissionPolicy"),
    );
}

import { messageOf, type KubeClient } from "../control-plane/client";
import { namespaceOf, textAt, titleOf, type JsonObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import type { PlannedObject } from "../plan/objects";

/**
 * Applies a plan's objects one after the other, in their order, every field checked strictly. A finding for each that
 * is refused, and for each `Warning` header: a deprecated API, a field that is ignored, a pod that Pod Security would
 * refuse.
 */
export async function admit(client: KubeClient, planned: readonly PlannedObject[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { object } of planned) {
        const where = titleOf(object);
        const { status, body, warnings } = await client.apply(object);
        if (status >= 300) {
            findings.push({ check: "refused", where, message: `${status} ${messageOf(body)}` });
        }
        findings.push(...warnings.map((message) => ({ check: "warning", where, message })));
    }
    return findings;
}

/** Objects in the namespace that everybody's mistakes end up in (CL-20). */
export function inDefault(planned: readonly PlannedObject[]): Finding[] {
    return planned
        .filter(({ object }) => namespaceOf(object) === "default")
        .map(({ object }) => ({ check: "in default", where: titleOf(object), message: "has no namespace of its own" }));
}

/** How often a controller may write between our look and our apply. */
const tries = 10;

/**
 * Applies everything once more. A finding for each object whose `resourceVersion` moves: the program and something in
 * the cluster undo each other's work, or the API server reads another value than was written.
 */
export async function applyAgain(client: KubeClient, planned: readonly PlannedObject[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { object } of planned) {
        const path = (await client.pathOf(object)) ?? "";
        for (let attempt = 1; attempt <= tries; attempt++) {
            const before = await client.must({ method: "GET", path });
            const resourceVersion = textAt(before, "metadata", "resourceVersion") ?? "";
            // With the version that we saw the API server refuses if anybody else wrote since: what moves is our doing.
            const seen = { ...object, metadata: { ...object.metadata, resourceVersion } };
            const { status, body } = await client.apply(seen);
            if (attempt === tries || status !== 409 || !messageOf(body).includes("the object has been modified")) {
                findings.push(...changed(titleOf(object), before, status, body));
                break;
            }
        }
    }
    return findings;
}

function changed(where: string, before: JsonObject, status: number, after: JsonObject): Finding[] {
    if (status >= 300) {
        return [{ check: "refused again", where, message: `${status} ${messageOf(after)}` }];
    }
    const [was, is] = [before, after].map((object) => textAt(object, "metadata", "resourceVersion") ?? "none");
    if (was === is) {
        return [];
    }
    const spec = JSON.stringify(before["spec"]) === JSON.stringify(after["spec"]) ? "spec is equal" : "spec changed";
    return [{ check: "changed", where, message: `resourceVersion ${was ?? ""} became ${is ?? ""}; ${spec}` }];
}

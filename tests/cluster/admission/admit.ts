import { messageOf, type ApplyOptions, type KubeClient } from "../control-plane/client";
import { isObject, listAt, namespaceOf, textAt, titleOf, type JsonObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import type { PlannedObject } from "../plan/objects";

/**
 * Applies a plan's objects in order with strict field validation. Returns a finding for each refused object and for each
 * `Warning` header: a deprecated API, an ignored field, a pod that violates Pod Security.
 */
export async function admit(
    client: KubeClient,
    planned: readonly PlannedObject[],
    options: Pick<ApplyOptions, "dryRun"> = {},
): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { object } of planned) {
        const where = titleOf(object);
        const { status, body, warnings } = await client.apply(object, options);
        if (status >= 300) {
            findings.push({ check: "refused", where, message: `${status} ${messageOf(body)}` });
        }
        findings.push(...warnings.map((message) => ({ check: "warning", where, message })));
    }
    return findings;
}

/** Objects in the `default` namespace (CL-20). */
export function inDefault(planned: readonly PlannedObject[]): Finding[] {
    return planned
        .filter(({ object }) => namespaceOf(object) === "default")
        .map(({ object }) => ({
            check: "in default",
            where: titleOf(object),
            message: "must have a namespace other than default",
        }));
}

/** Attempts before a conflict with a controller's write counts as a finding. */
const maxAttempts = 10;

/**
 * Applies every object a second time. Returns a finding for each object whose `resourceVersion` changes: either a
 * controller and the program write the same field, or the API server stores a different value than was sent.
 *
 * A controller that writes a status by server-side apply, as that of ValidatingAdmissionPolicies does, makes the next apply
 * change the times of the field managers, once. Such an apply is repeated, and has to change nothing.
 */
export async function applyAgain(client: KubeClient, planned: readonly PlannedObject[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const { object } of planned) {
        const path = (await client.pathOf(object)) ?? "";
        let repeated = false;
        for (let attempt = 1; attempt <= maxAttempts; attempt++) {
            const before = await client.must({ method: "GET", path });
            const resourceVersion = textAt(before, "metadata", "resourceVersion") ?? "";
            // A precondition: the apply fails with 409 if a controller wrote since the read, so a change is caused by it.
            const seen = { ...object, metadata: { ...object.metadata, resourceVersion } };
            const { status, body } = await client.apply(seen);
            const conflict = status === 409 && messageOf(body).includes("the object has been modified");
            const times: boolean = !repeated && onlyTimesChanged(before, body);
            repeated ||= times;
            if (attempt === maxAttempts || !(conflict || times)) {
                findings.push(...changed(titleOf(object), before, status, body));
                break;
            }
        }
    }
    return findings;
}

/** Whether two states of an object differ, and only in the times and the order of its field managers. */
function onlyTimesChanged(before: JsonObject, after: JsonObject): boolean {
    const version = (object: JsonObject) => textAt(object, "metadata", "resourceVersion");
    return version(before) !== version(after) && JSON.stringify(timeless(before)) === JSON.stringify(timeless(after));
}

function timeless({ metadata, ...rest }: JsonObject): JsonObject {
    const managers = listAt(metadata, "managedFields").map((manager) =>
        JSON.stringify(isObject(manager) ? { ...manager, time: "" } : manager),
    );
    const own = isObject(metadata) ? { ...metadata, resourceVersion: "", managedFields: managers.sort() } : {};
    return { ...rest, metadata: own };
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

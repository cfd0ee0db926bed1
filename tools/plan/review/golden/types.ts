import type { JsonObject } from "../../json";

/**
 * The inputs that a reviewer should see of a resource when they change: what it may do, who may reach it, what is
 * encrypted, what is kept after a mistake. A path names a field of the inputs, `[]` every item of a list; the value is
 * shown under the path's last step, or under the label before it. A function shows values of its own.
 */
export type ShownInputs = readonly string[] | ((inputs: JsonObject) => JsonObject);

/** For types of which a review needs only that the resource is there. */
export const onlyPresence: ShownInputs = [];

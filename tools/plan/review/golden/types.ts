import type { JsonObject } from "../../json";

/**
 * The inputs whose changes a reviewer must see: permissions, network access, encryption, protection against deletion. An
 * entry is a path of the inputs, in which `[]` is every item of a list; the value is shown under the path's last step, or
 * under the label in front of the path. A function returns other values.
 */
export type ShownInputs = readonly string[] | ((inputs: JsonObject) => JsonObject);

/** For types of which a review needs only the existence. */
export const onlyPresence: ShownInputs = [];

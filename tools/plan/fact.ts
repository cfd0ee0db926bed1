import type { JsonObject } from "./json";

/**
 * What a reviewer should see of a resource when it changes: what it may do, who may reach it, what is encrypted, what
 * survives a mistake. A path names a field of the inputs, `[]` every item of a list; the fact is called after the path's
 * last step, or by the label before it. A function makes facts of its own.
 */
export type Facts = readonly string[] | ((inputs: JsonObject) => JsonObject);

/** Nobody needs to review more than that the resource is there. */
export const nothing: Facts = [];

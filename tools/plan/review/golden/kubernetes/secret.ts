import { isObject, type JsonObject } from "../../../json";
import { set } from "./text";

/** Which entries a Secret has; never what is in them. */
export function secretInputs({ data, type }: JsonObject): JsonObject {
    return { ...set("type", type), entries: isObject(data) ? Object.keys(data) : "[unknown]" };
}

import { isObject, type JsonObject } from "../../../json";
import { set } from "./text";

/** The type of a Secret and the keys of its entries, never their values. */
export function secretInputs({ data, type }: JsonObject): JsonObject {
    return { ...set("type", type), entries: isObject(data) ? Object.keys(data) : "[unknown]" };
}

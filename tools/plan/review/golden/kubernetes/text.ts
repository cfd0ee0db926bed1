import type { Json, JsonObject } from "../../../json";

/** One entry, or none for a value that is not given. */
export function set(key: string, value: Json | undefined): JsonObject {
    return value === undefined ? {} : { [key]: value };
}

/** A value in a sentence: text without quotes. */
export function word(value: Json): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

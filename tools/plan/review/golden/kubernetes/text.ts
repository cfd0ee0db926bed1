import type { Json, JsonObject } from "../../../json";

/** One entry, or none for undefined. */
export function set(key: string, value: Json | undefined): JsonObject {
    return value === undefined ? {} : { [key]: value };
}

/** A value as text, strings without quotes. */
export function word(value: Json): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

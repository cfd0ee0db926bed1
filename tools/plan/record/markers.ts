/** Stands where a secret was. The value itself never enters a plan. */
export const secretMarker = "[secret]";

/** Stands where a value is that only an update will tell. */
export const unknownMarker = "[unknown]";

/** Replaces a secret. A plan never contains the value. */
export const secretMarker = "[secret]";

/** Replaces a value that is unknown before an update. */
export const unknownMarker = "[unknown]";

/** Seven hex digits derived from the URN, instead of the real provider's random ones. */
export function generatedSuffix(urn: string): string {
    let hash = 0;
    for (const character of urn) {
        hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    }
    return hash.toString(16).padStart(8, "0").slice(0, 7);
}

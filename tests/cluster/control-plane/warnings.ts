/** Texts of all `Warning` headers. Needs `rawHeaders`: Node's parsed headers join them with commas, which texts contain. */
export function warningTexts(rawHeaders: readonly string[]): string[] {
    const texts: string[] = [];
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
        if (rawHeaders[index]?.toLowerCase() === "warning") {
            // 299 - "text", with \" and \\ inside (RFC 7234, section 5.5).
            for (const [, text = ""] of (rawHeaders[index + 1] ?? "").matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
                texts.push(text.replace(/\\(.)/g, "$1"));
            }
        }
    }
    return texts;
}

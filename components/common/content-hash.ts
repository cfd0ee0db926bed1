import { createHash } from "node:crypto";

/** SHA-256 of a text in hexadecimal digits. */
export function contentHash(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

/** The first digits of {@link contentHash}, for names. */
export function shortHash(text: string): string {
    return contentHash(text).slice(0, 10);
}

/** Name of a Job that runs once for each content: a Job cannot be changed, so another content is another Job. */
export function nameByContent(name: string, content: string): string {
    return `${name}-${shortHash(content)}`;
}

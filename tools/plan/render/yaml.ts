import type { Json, JsonObject } from "../json";

/**
 * Writes block-style YAML that YAML 1.1 and 1.2 parsers read as the same value. The `yaml` package, which also supports
 * comments and styles, takes twenty times as long, too long for a plan of hundreds of objects.
 */
export function toYaml(value: JsonObject): string {
    const out: string[] = [];
    writeMap(value, "", out);
    return out.join("");
}

function writeMap(value: JsonObject, indent: string, out: string[]): void {
    for (const key of Object.keys(value)) {
        out.push(indent, scalar(key), ":");
        writeValue(value[key] as Json, indent, out);
    }
}

function writeValue(value: Json, indent: string, out: string[]): void {
    if (typeof value === "string" && value.includes("\n")) {
        writeLines(value, indent, out);
    } else if (typeof value !== "object" || value === null) {
        out.push(" ", scalar(value), "\n");
    } else if (Array.isArray(value)) {
        writeList(value, indent, out);
    } else if (Object.keys(value).length === 0) {
        out.push(" {}\n");
    } else {
        out.push("\n");
        writeMap(value, `${indent}  `, out);
    }
}

function writeList(items: readonly Json[], indent: string, out: string[]): void {
    if (items.length === 0) {
        out.push(" []\n");
        return;
    }
    out.push("\n");
    for (const item of items) {
        out.push(indent, "  -");
        if (typeof item !== "object" || item === null || Array.isArray(item) || Object.keys(item).length === 0) {
            writeValue(item, `${indent}  `, out);
            continue;
        }
        // The item's first key is on the line of the dash.
        const start = out.length;
        writeMap(item, `${indent}    `, out);
        out[start] = " ";
    }
}

/** Plain text that no parser reads as another type: not a number, a date or a YAML 1.1 boolean such as `on` or `y`. */
const plainText = /^[A-Za-z/_][A-Za-z0-9_./@=-]*(?:[: ][A-Za-z0-9_./@=-]+)*$/;
/** Quantities begin with a digit, but no parser reads them as numbers: `250m`, `512Mi`. */
const quantityText = /^[0-9]+(?:m|[KMGTP]i)$/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|[-+]?\.inf|\.nan)$/i;

const known = new Map<string, string>();

function scalar(value: string | number | boolean | null): string {
    if (typeof value !== "string") {
        return String(value);
    }
    // Cached, because most keys and values of a stack are repeated.
    let text = known.get(value);
    if (text === undefined) {
        const plain = (plainText.test(value) && !reserved.test(value)) || quantityText.test(value);
        text = plain ? value : quoted(value);
        known.set(value, text);
    }
    return text;
}

/** Characters that must be escaped in quotes, or that YAML 1.1 reads as a line break. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

function quoted(value: string): string {
    return JSON.stringify(value).replaceAll(
        unprintable,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** Text that a literal block can contain unchanged: it begins with a visible character and has no control characters. */
const literalText = /^[^\s\p{C}][\t\n\P{C}]*$/u;

/** Writes several lines as a literal block, or quoted if a block cannot contain them. */
function writeLines(value: string, indent: string, out: string[]): void {
    if (!literalText.test(value) || /[\u2028\u2029]/.test(value)) {
        out.push(" ", quoted(value), "\n");
        return;
    }
    const body = value.replace(/\n+$/, "");
    const breaks = value.length - body.length;
    const lines = body.replaceAll(/^(?=.)/gm, `${indent}  `);
    out.push(breaks === 0 ? " |-\n" : breaks === 1 ? " |\n" : " |+\n", lines, "\n".repeat(Math.max(1, breaks)));
}

import { type Document, parseDocument } from "yaml";
import type { z } from "zod";

import { keyPrefix } from "../../config/validate";
import { type Key, sections } from "./keys";

/** The declaration of a key in `Pulumi.yaml`. */
interface Declaration {
    readonly type: string;
    readonly description: string;
    readonly default?: object;
}

function declarationOf({ path, type, description, required }: Key): Declaration {
    if (required) {
        return { type, description };
    }
    // The CLI requires every declared key that has no default; an empty section has the same effect as none.
    if (type !== "object") {
        throw new Error(
            `${path} is optional but not a section, so Pulumi.yaml cannot declare it; move it into a section`,
        );
    }
    return { type, description, default: {} };
}

/** `Pulumi.yaml` with a declaration of each top-level key of the schema; the rest of the file is not changed. */
export function projectFile(text: string, schema: z.ZodObject): string {
    const document: Document = parseDocument(text);
    const keys = sections(schema).map(({ key }) => [`${keyPrefix}${key.path}`, declarationOf(key)] as const);
    document.set("config", document.createNode(Object.fromEntries(keys)));
    return document.toString({ lineWidth: 0 });
}

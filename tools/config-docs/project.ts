import { type Document, parseDocument } from "yaml";
import type { z } from "zod";

import { keyPrefix } from "../../config/validate";
import { type Key, sections } from "./keys";

/** A key as `Pulumi.yaml` declares it. */
interface Declaration {
    readonly type: string;
    readonly description: string;
    readonly default?: object;
}

function declarationOf({ path, type, description, required }: Key): Declaration {
    if (required) {
        return { type, description };
    }
    // To the CLI a declared key without a default is one that every stack has to set; an empty section is as good as none.
    if (type !== "object") {
        throw new Error(
            `${path} can be left out but is no section; move it into one, or Pulumi.yaml cannot declare it`,
        );
    }
    return { type, description, default: {} };
}

/** `Pulumi.yaml` with each top-level key of the schema declared; the rest of the file stays as it is. */
export function projectFile(text: string, schema: z.ZodObject): string {
    const document: Document = parseDocument(text);
    const keys = sections(schema).map(({ key }) => [`${keyPrefix}${key.path}`, declarationOf(key)] as const);
    document.set("config", document.createNode(Object.fromEntries(keys)));
    return document.toString({ lineWidth: 0 });
}

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { coreShape } from "../../config/schema";
import { help } from "../../tools/pin-images/args";
import { root } from "./project";

const text = readFileSync(join(root, "docs/images.md"), "utf8");

describe("docs/images.md", () => {
    it("lists messages that the command has", () => {
        const folder = join(root, "tools/pin-images");
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
        const source = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
        // Interpolated values are `...` in the document, or the value of an example.
        const shown = source.replace(/\$\{[^{}]*\}/g, "...");
        const cells = [...text.matchAll(/^\| (`.*?`) +\| /gm)].map(([, cell = ""]) => cell);
        const messages = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, message = ""]) => message));
        assert.equal(messages.length, 10);
        const parts = messages.flatMap((message) =>
            message.replace(/\b429\b|manifests\/sha256:\.\.\./, "...").split("..."),
        );
        const missing = parts.map((part) => part.trim()).filter((part) => !shown.includes(part));
        assert.deepEqual(
            missing.filter((part) => part !== "has no tag" && part !== "has no repository"),
            [],
        );
        assert.match(source, /has no \$\{what\}/);
    });

    it("uses options that the command has, and the key of a stack file", () => {
        const options = new Set([...text.matchAll(/pin-images -- (--\w+)|`(--platform)/g)].map(([, a, b]) => a ?? b));
        assert.deepEqual([...options], ["--platform", "--check", "--update"]);
        for (const option of options) {
            assert.ok(help.includes(`  ${String(option)} `), option);
        }
        assert.match(text, /^ecommerce-platform:images:\n {2}requireDigests: true$/m);
        assert.ok("images" in coreShape);
    });
});

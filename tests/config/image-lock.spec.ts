import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { lockFile, pinsOf, readLock, readPins } from "../../config/image-lock";

const digest = `sha256:${"0a".repeat(32)}`;
const entry = { digest, platforms: ["linux/amd64", "linux/arm/v7"], date: "2026-11-21" };

describe("images.lock.json", () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "image-lock-"));
        file = join(folder, "images.lock.json");
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    const refuses = (text: string, reason: string | RegExp) => {
        writeFileSync(file, text);
        assert.throws(
            () => readLock(file),
            (error: Error) => {
                assert.match(error.message, new RegExp(`^images\\.lock\\.json is not valid ${String(reason)}`));
                assert.match(error.message, /; restore it from version control, or run npm run pin-images$/);
                // Printed without a stack trace.
                assert.ok("__pulumiRunError" in error);
                return true;
            },
        );
    };

    it("gives the digest of each image", () => {
        const lock = { images: { "quay.io/a/b:1.0": entry, "quay.io/c:2": { ...entry, platforms: ["linux/amd64"] } } };
        writeFileSync(file, JSON.stringify(lock));
        assert.deepEqual(readLock(file), lock);
        assert.deepEqual(pinsOf(lock), { "quay.io/a/b:1.0": digest, "quay.io/c:2": digest });
    });

    it("is valid as it ships, and what the program reads", () => {
        assert.deepEqual(readPins(), pinsOf(readLock(lockFile)));
    });

    it("is refused where it is missing: images would run by tag unnoticed", () => {
        assert.throws(() => readLock(file), {
            message: "images.lock.json is missing; restore it from version control, or run npm run pin-images",
        });
    });

    it("is refused in any other form, with the place", () => {
        refuses("{", "JSON \\(");
        refuses("[]", "at its top level;");
        refuses("{}", "at images;");
        refuses('{"images":{},"version":2}', "at its top level;");
        const withEntry = (own: object, image = "quay.io/a:1") =>
            JSON.stringify({ images: { [image]: { ...entry, ...own } } });
        refuses(withEntry({ digest: `sha256:${"0A".repeat(32)}` }), "at images quay\\.io/a:1 digest;");
        refuses(withEntry({ digest: "sha256:0" }), "at images quay\\.io/a:1 digest;");
        refuses(withEntry({ digest: `${digest}0` }), "at images quay\\.io/a:1 digest;");
        refuses(withEntry({ digest: `x${digest}` }), "at images quay\\.io/a:1 digest;");
        refuses(withEntry({ platforms: ["linux/arm/v7/x"] }), "at images quay\\.io/a:1 platforms 0;");
        refuses(withEntry({ platforms: ["a linux/amd64"] }), "at images quay\\.io/a:1 platforms 0;");
        refuses(withEntry({ digest: "", date: "" }), "at images quay\\.io/a:1 digest, at images quay\\.io/a:1 date;");
        refuses(withEntry({ platforms: [] }), "at images quay\\.io/a:1 platforms;");
        refuses(withEntry({ platforms: ["linux"] }), "at images quay\\.io/a:1 platforms 0;");
        refuses(withEntry({ date: "yesterday" }), "at images quay\\.io/a:1 date;");
        refuses(withEntry({ size: 1 }), "at images quay\\.io/a:1;");
        refuses(withEntry({}, "quay.io/a:latest"), "at images quay\\.io/a:latest;");
        refuses(withEntry({}, "quay.io/a"), "at images quay\\.io/a;");
    });
});

import assert from "node:assert/strict";

import { contentHash, nameByContent } from "../../../components/common/content-hash";

describe("names by content", () => {
    it("end with ten digits of the content's SHA-256", () => {
        // `printf abc | sha256sum`
        const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert.equal(contentHash("abc"), sum);
        assert.equal(nameByContent("schema", "abc"), "schema-ba7816bf8f");
    });
});

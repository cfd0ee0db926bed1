import assert from "node:assert/strict";

import { markdownTable } from "../../../../tools/plan/report/markdown-table";

describe("a Markdown table", () => {
    it("pads each column to its widest cell, and to three dashes at least", () => {
        assert.deepEqual(
            markdownTable([
                ["Quota", "n"],
                ["SSD", "12345"],
                ["addresses in use", ""],
            ]),
            [
                "| Quota            | n     |",
                "| ---------------- | ----- |",
                "| SSD              | 12345 |",
                "| addresses in use |       |",
            ],
        );
        assert.deepEqual(markdownTable([["a"], ["b"]]), ["| a   |", "| --- |", "| b   |"]);
    });
});

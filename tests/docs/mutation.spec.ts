import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DOCUMENT, RESULTS } from "../../tools/mutation/command";
import { FOLDERS } from "../../tools/mutation/folders";
import { GOAL, mutantsOf, scoreOf } from "../../tools/mutation/summary";
import { BEGIN, END, parseResults, resultsText, tableOf } from "../../tools/mutation/table";
import { packageFile, root } from "./project";

const text = readFileSync(join(root, RESULTS), "utf8");
const results = parseResults(text);

describe("the mutation score in docs/proof.md", () => {
    it("is the table of docs/mutation.json; else run npm run test:mutation -- --table", () => {
        const page = readFileSync(join(root, DOCUMENT), "utf8");
        const table = page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)).trim();
        assert.equal(table, tableOf(results));
        assert.equal(text, resultsText(results));
        assert.equal(packageFile().scripts["test:mutation"], "tsx tools/mutation/main.ts");
    });

    it("states the goal that the tool uses", () => {
        const page = readFileSync(join(root, DOCUMENT), "utf8");
        assert.ok(page.includes(`the goal is ${GOAL} % for every folder`));
    });

    for (const result of results) {
        it(`adds up, for a folder that exists: ${result.folder}`, () => {
            assert.ok(FOLDERS.some(({ name }) => name === result.folder));
            assert.ok(existsSync(join(root, result.folder)));
            assert.ok(mutantsOf(result) > 0);
            assert.equal(result.score, scoreOf(result));
            assert.match(result.date, /^20\d\d-\d\d-\d\d$/);
            assert.match(result.commit, /^[0-9a-f]{7}$/, "measured with uncommitted changes");
        });
    }
});

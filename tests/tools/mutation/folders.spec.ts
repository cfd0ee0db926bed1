import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { folderOf, FOLDERS, NOT_MEASURED, sourceFiles, specsOf, targetOf } from "../../../tools/mutation/folders";

const root = join(__dirname, "../../..");

describe("the folders of the mutation test", () => {
    it("contain every source file, or its path is listed with a reason", () => {
        const listed = (file: string): boolean =>
            Object.keys(NOT_MEASURED).some((path) => file === path || file.startsWith(`${path}/`));
        const files = sourceFiles(root);
        assert.ok(files.includes("components/platform.ts") && files.includes("index.ts"));
        assert.deepEqual(
            files.filter((file) => folderOf(file) === undefined),
            files.filter(listed),
        );
        assert.deepEqual(
            files.filter((file) => folderOf(file)?.name === "tools"),
            [],
        );
    });

    it("have an entry for each layer", () => {
        const layers = readdirSync(join(root, "components"), { withFileTypes: true })
            .filter((entry) => entry.isDirectory())
            .map(({ name }) => `components/${name}`);
        const names = FOLDERS.map(({ name }) => name).filter((name) => name.startsWith("components/"));
        assert.deepEqual([...names].sort(), layers.sort());
    });

    for (const folder of FOLDERS) {
        it(`have code and specs: ${folder.name}`, () => {
            assert.notDeepEqual(targetOf(folder.name, root)?.sources, []);
            const specs = specsOf(folder, root);
            assert.notEqual(specs.length, 0);
            assert.ok(specs.every((spec) => /^tests\/(?!engine|cluster|scanners).*\.spec\.ts$/.test(spec)));
        });
    }

    it("give each file to the nearest folder", () => {
        const names = ["components/platform.ts", "components/cluster/aws/keys.ts", "tools/plan/json.ts"].map(
            (file) => folderOf(file)?.name,
        );
        assert.deepEqual(names, ["components", "components/cluster", "tools/plan"]);
        assert.equal(folderOf("tools/plan/report/tree.ts")?.name, "tools/plan/report");
        assert.equal(folderOf("tools/config-docs.ts")?.name, "tools/config-docs");
        assert.equal(folderOf("tools/bench/run.ts"), undefined);
    });

    it("are measured whole, in part or by the file", () => {
        const identity = ["aws/pod-identity.ts", "folder.ts", "gcp/workload-identity.ts", "index.ts", "types.ts"];
        const files = identity.map((file) => `components/identity/${file}`);
        const of = (path: string) => {
            const target = targetOf(path, root);
            return target === undefined ? undefined : [target.folder.name, target.sources, target.whole];
        };
        assert.deepEqual(of("components/identity/"), ["components/identity", files, true]);
        assert.deepEqual(of("components/identity/aws"), ["components/identity", [files[0]], false]);
        assert.deepEqual(of("components/identity/index.ts"), ["components/identity", [files[3]], false]);
        assert.deepEqual(targetOf("components", root)?.sources, [
            "components/platform-config.ts",
            "components/platform.ts",
            "components/program.ts",
        ]);
        for (const path of ["tools", "tools/bench", "components/no-such", "tests", ""]) {
            assert.equal(of(path), undefined, path);
        }
    });

    it("run the specs of each path in the order of the entry, each once", () => {
        const copy = mkdtempSync(join(tmpdir(), "mutation-folders-"));
        const files = [
            "b/two.spec.ts",
            "b/one.spec.ts",
            "b/fixtures.ts",
            "b/deep/three.spec.ts",
            "a.spec.ts",
            "c.spec.ts",
        ];
        for (const file of files) {
            mkdirSync(dirname(join(copy, file)), { recursive: true });
            writeFileSync(join(copy, file), "");
        }
        const specs = ["b/two.spec.ts", "b", "a.spec.ts", "b/one.spec.ts", "none"];
        const found = specsOf({ name: "x", specs }, copy);
        rmSync(copy, { recursive: true });
        assert.deepEqual(found, ["b/two.spec.ts", "b/deep/three.spec.ts", "b/one.spec.ts", "a.spec.ts"]);
    });
});

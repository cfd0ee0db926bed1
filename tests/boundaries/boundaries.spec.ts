import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const load = createRequire(__filename);

/** Files of a project and what each imports. */
type Files = Readonly<Record<string, readonly string[]>>;

/** A project in which nothing crosses a boundary; each case adds an import. */
const good: Files = {
    "index.ts": ["components/platform"],
    "config/schema.ts": ["catalog/types"],
    "catalog/types.ts": [],
    "custom-resources/pods.ts": [],
    "components/platform.ts": ["components/network/index", "components/cluster/gcp/cluster", "config/schema"],
    "components/common/labels.ts": ["catalog/types"],
    "components/common/aws/bucket.ts": ["components/common/labels", "@pulumi/aws"],
    "components/helm/release.ts": ["components/common/labels"],
    "components/network/types.ts": [],
    "components/network/config.ts": ["config/schema", "catalog/types", "zod"],
    "components/network/index.ts": ["components/network/gcp/network", "components/network/types"],
    "components/network/gcp/network.ts": ["components/common/labels", "components/network/types"],
    "components/cluster/types.ts": ["components/network/types"],
    "components/cluster/names.ts": [],
    "components/cluster/index.ts": ["components/cluster/gcp/cluster", "components/cluster/aws/cluster"],
    "components/cluster/gcp/cluster.ts": [
        "components/network/types",
        "components/network/index",
        "components/cluster/names",
    ],
    "components/cluster/aws/cluster.ts": [
        "components/helm/release",
        "custom-resources/pods",
        "components/cluster/names",
    ],
    "policy/pack.ts": ["custom-resources/pods"],
    "tools/plan/plan.ts": ["policy/pack", "index"],
    "tests/plan/plan.spec.ts": ["tools/plan/plan", "components/cluster/names"],
};

/** An import that breaks a rule. */
interface Breach {
    readonly rule: string;
    readonly from: string;
    readonly to: string;
    /** Written as an import of a type only. @default false */
    readonly type?: true;
    /** Further breaches that it cannot but be. */
    readonly also?: readonly string[];
}

const layers = "layers-import-types-and-index-only";
const breaches: readonly Breach[] = [
    { rule: layers, from: "components/cluster/gcp/cluster.ts", to: "components/network/gcp/network.ts" },
    { rule: layers, from: "components/cluster/names.ts", to: "components/network/config.ts" },
    { rule: layers, from: "components/cluster/types.ts", to: "components/network/gcp/network.ts", type: true },
    {
        rule: "building-blocks-import-no-layer",
        from: "components/common/labels.ts",
        to: "components/recovery/types.ts",
    },
    {
        rule: "layers-do-not-import-the-composition",
        from: "components/cluster/names.ts",
        to: "components/images.ts",
    },
    { rule: "program-without-tools-and-tests", from: "components/cluster/names.ts", to: "tools/args.ts" },
    { rule: "program-without-tools-and-tests", from: "config/schema.ts", to: "tools/args.ts" },
    { rule: "program-without-tools-and-tests", from: "catalog/types.ts", to: "tests/fixtures.ts" },
    { rule: "program-without-tools-and-tests", from: "custom-resources/pods.ts", to: "tools/args.ts", type: true },
    { rule: "tools-without-tests", from: "tools/plan/plan.ts", to: "tests/fixtures.ts" },
    { rule: "data-without-components", from: "config/schema.ts", to: "components/recovery/types.ts" },
    { rule: "data-without-components", from: "catalog/types.ts", to: "components/recovery/types.ts", type: true },
    { rule: "policy-on-its-own", from: "policy/pack.ts", to: "components/recovery/types.ts" },
    { rule: "policy-on-its-own", from: "policy/pack.ts", to: "tools/args.ts" },
    { rule: "layer-config-is-pure", from: "components/network/config.ts", to: "components/network/types.ts" },
    { rule: "layer-config-is-pure", from: "components/network/config.ts", to: "@pulumi/pulumi" },
    { rule: "gcp-without-aws", from: "components/cluster/gcp/cluster.ts", to: "components/cluster/aws/cluster.ts" },
    { rule: "gcp-without-aws", from: "components/network/gcp/network.ts", to: "components/common/aws/bucket.ts" },
    { rule: "gcp-without-aws", from: "components/network/gcp/network.ts", to: "@pulumi/aws" },
    {
        rule: "aws-without-gcp",
        from: "components/cluster/aws/cluster.ts",
        to: "components/network/gcp/network.ts",
        also: [layers],
    },
    { rule: "aws-without-gcp", from: "components/cluster/aws/cluster.ts", to: "@pulumi/gcp" },
];

/** Folders that need each other, by what is allowed between two files: types and index. */
const cycles: readonly (readonly [what: string, added: Files, folders: readonly string[], type?: true])[] = [
    [
        "two layers",
        { "components/network/types.ts": ["components/cluster/types"] },
        ["components/network", "components/cluster"],
    ],
    [
        "two layers, by types only",
        { "components/network/types.ts": ["components/cluster/types"] },
        ["components/network", "components/cluster"],
        true,
    ],
    [
        "three folders of data",
        {
            "catalog/types.ts": ["custom-resources/pods"],
            "custom-resources/pods.ts": ["config/other"],
            "config/other.ts": [],
        },
        ["config", "catalog", "custom-resources"],
    ],
    [
        "two tools",
        {
            "tools/plan/plan.ts": ["tools/report/report"],
            "tools/report/report.ts": ["tools/plan/other"],
            "tools/plan/other.ts": [],
        },
        ["tools/plan", "tools/report"],
    ],
];

const extra: Files = {
    "components/recovery/types.ts": [],
    "components/images.ts": [],
    "tools/args.ts": [],
    "tests/fixtures.ts": [],
};

function text(file: string, imports: readonly string[], type: boolean): string {
    const lines = imports.map((target, index) => {
        const near = relative(dirname(file), target);
        const from = target.startsWith("@") || target === "zod" ? target : near.startsWith(".") ? near : `./${near}`;
        return `import ${type ? "type " : ""}* as a${index} from "${from}";\nexport type T${index} = typeof a${index};\n`;
    });
    return `${lines.join("")}export const name = ${JSON.stringify(file)};\n`;
}

function write(folder: string, added: Files, type = false): void {
    for (const [file, imports] of Object.entries({ ...good, ...extra })) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text(file, imports, false));
    }
    for (const [file, imports] of Object.entries(added)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text(file, [...(good[file] ?? []), ...imports], type));
    }
}

const noExtension = (file: string) => file.replace(/\.ts$/, "");

describe("boundaries", () => {
    let folder: string;
    let results: readonly { readonly error: number; readonly violations: readonly string[] }[];

    before(function () {
        this.timeout(120_000);
        folder = realpathSync(mkdtempSync(join(tmpdir(), "boundaries-")));
        const cases = [
            () => {
                write(join(folder, "good"), {});
                return "good";
            },
            ...breaches.map(({ from, to, type }, index) => () => {
                write(join(folder, `breach-${index}`), { [from]: [noExtension(to)] }, type);
                return `breach-${index}`;
            }),
            ...cycles.map(([, added, , type], index) => () => {
                write(join(folder, `cycle-${index}`), added, type);
                return `cycle-${index}`;
            }),
        ].map((make) => join(folder, make()));
        const output = execFileSync(process.execPath, [join(__dirname, "cruise.mjs"), ...cases], { encoding: "utf8" });
        results = JSON.parse(output) as typeof results;
    });

    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("are kept by imports of types and index, of building blocks, and of what is in a layer's own folder", () => {
        assert.deepEqual(results[0], { error: 0, violations: [] });
    });

    for (const [index, { rule, from, to, type, also = [] }] of breaches.entries()) {
        it(`are broken, by ${rule}, when ${from} imports ${to}${type === true ? " for its types" : ""}`, () => {
            const { error, violations = [] } = results[1 + index] ?? {};
            const own = violations.filter((violation) => !violation.startsWith("no-cycle-of-folders"));
            assert.deepEqual(own.sort(), [rule, ...also].map((one) => `${one}: ${from} -> ${to}`).sort());
            assert.equal(error, violations.length);
        });
    }

    for (const [index, [what, , folders]] of cycles.entries()) {
        it(`are broken, by no-cycle-of-folders, when ${what} need each other`, () => {
            const { error, violations = [] } = results[1 + breaches.length + index] ?? {};
            const named = violations.map((violation) => /^no-cycle-of-folders: (\S+) ->/.exec(violation)?.[1]);
            assert.deepEqual([...new Set(named)].sort(), [...folders].sort());
            assert.equal(error, violations.length);
        });
    }

    it("each have a rule in plain words that is an error, and a case here", () => {
        const { forbidden } = load(join(root, ".dependency-cruiser.cjs")) as {
            forbidden: readonly { name: string; comment: string; severity: string }[];
        };
        const tried = new Set([...breaches.map(({ rule }) => rule), "no-cycle-of-folders"]);
        assert.deepEqual(forbidden.map(({ name }) => name).sort(), [...tried].sort());
        forbidden.forEach(({ name, comment, severity }) => {
            assert.match(comment, /^[A-Z].+\.$/s, name);
            assert.equal(severity, "error", name);
        });
    });

    it("are a part of npm run lint, in every folder of the program", () => {
        const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            scripts: Readonly<Record<string, string>>;
        };
        assert.match(
            scripts["lint"] ?? "",
            /^eslint .* && depcruise index\.ts components config catalog custom-resources policy tools$/,
        );
    });
});

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Code that is measured together, and the specs that can notice a mutant in it. */
export interface Folder {
    /** Path of the folder from the project's root. It has the TypeScript below it, except that of a folder with an entry. */
    readonly name: string;
    /** Files beside the folder that belong to it. */
    readonly files?: readonly string[];
    /**
     * Spec files, and folders of them, in the order in which they run. A mutant runs them until one fails, so the fastest
     * are first.
     */
    readonly specs: readonly string[];
}

/** What the components' tests say of all layers, then of the plans of all stacks. */
const shared = [
    ...["tree", "order", "registered-outputs"].map((name) => `tests/components/${name}.spec.ts`),
    "tests/config/mistakes.spec.ts",
    "tests/config/docs.spec.ts",
    "tests/stacks/account",
    "tests/stacks/golden.spec.ts",
];

/** A layer, with the specs in the folder of the same name. */
function layer(name: string, ...more: readonly string[]): Folder {
    return { name: `components/${name}`, specs: [`tests/components/${name}`, ...more, ...shared] };
}

/**
 * All code that is measured. A spec that reads the source text, or compares documents with the code, is left out: it runs
 * on an instrumented copy.
 */
export const FOLDERS: readonly Folder[] = [
    { name: "catalog", specs: ["tests/catalog"] },
    layer("addons"),
    layer("audit"),
    layer("autoscaling", "tests/components/services/queue-scaler.spec.ts"),
    ...["cache", "database", "documents", "messaging", "search"].map((name) =>
        layer(name, "tests/catalog/references.spec.ts"),
    ),
    layer("capacity"),
    layer("certificates"),
    layer("cloud"),
    layer("cluster", "tests/components/changes.spec.ts"),
    layer("common", "tests/components/storage", "tests/components/placement.spec.ts"),
    layer("helm", "tests/components/addons/charts", "tests/components/addons"),
    layer("identity"),
    layer("layer"),
    layer("network"),
    layer("nodes", "tests/components/changes.spec.ts"),
    layer("security"),
    layer("services", "tests/components/placement.spec.ts"),
    layer("storage"),
    {
        name: "components",
        specs: [
            ...["tests/config/program.spec.ts", "tests/components/program.spec.ts", "tests/components/layer"],
            "tests/components/program-digests.spec.ts",
            ...shared,
        ],
    },
    {
        name: "config",
        specs: [
            ...[
                "core",
                "mistakes",
                "resolve",
                "formats",
                "shipped",
                "recovery",
                "compose",
                "machines",
                "quantity",
                "image-lock",
            ],
            ...["profiles", "stack-name", "suggest", "program"],
        ]
            .map((name) => `tests/config/${name}.spec.ts`)
            // The generated documents, the slowest of them.
            .concat("tests/config"),
    },
    {
        name: "custom-resources",
        specs: [
            "tests/crd-types/inputs.spec.ts",
            "tests/policy/custom-kinds.spec.ts",
            "tests/tools/plan/review/custom-pods.spec.ts",
            "tests/crd-types",
        ],
    },
    {
        name: "policy",
        specs: ["tests/policy"],
    },
    { name: "tools/config-docs", files: ["tools/config-docs.ts"], specs: ["tests/config/docs.spec.ts"] },
    { name: "tools/crd-types", specs: ["tests/crd-types"] },
    { name: "tools/permissions", specs: ["tests/tools/permissions"] },
    { name: "tools/pin-images", specs: ["tests/tools/pin-images"] },
    { name: "tools/plan/record", specs: ["tests/tools/plan/record", "tests/tools/plan/command.spec.ts"] },
    { name: "tools/plan/render", specs: ["tests/tools/plan/render", "tests/tools/plan/command.spec.ts"] },
    { name: "tools/plan/report", specs: ["tests/tools/plan/report", "tests/tools/plan/command.spec.ts"] },
    { name: "tools/plan/review", specs: ["tests/tools/plan/review", "tests/stacks"] },
    {
        name: "tools/plan",
        specs: ["tests/tools/plan/command.spec.ts", "tests/tools/plan/wrong-stacks.spec.ts"],
    },
    { name: "tools/preflight", specs: ["tests/tools/preflight"] },
    { name: "tools/schema-lint", specs: ["tests/tools/schema-lint"] },
    { name: "tools/toolchain", specs: ["tests/toolchain"] },
];

/** Code that is not measured, with the reason. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
    "index.ts": "it only starts components/program.ts",
    "custom-resources/types": "generated types without code",
    "policy/index.ts": "it starts a server; the specs start it in a process of its own",
    "tools/bench": "it has no spec",
    "tools/crds": "its specs are in the cluster suite",
    "tools/mutation": "it runs the specs",
    "tools/policy-docs.ts": "its spec compares the generated document with the pack",
    "tools/traffic-docs.ts": "its spec compares the generated document with the plan",
};

/** The code that a folder, or a path in it, comes to: files from the project's root. */
export interface Target {
    readonly folder: Folder;
    readonly sources: readonly string[];
    /** False for a part of a folder; its figures are printed and not recorded. */
    readonly whole: boolean;
}

/** Code of the project: each folder, and the file, that a path can be in. */
const CODE = ["catalog", "components", "config", "custom-resources", "index.ts", "policy", "tools"];

/** All TypeScript files of the code, from the project's root. */
export function sourceFiles(root: string): string[] {
    return CODE.flatMap((path) => filesBelow(root, path, ".ts"));
}

/** The entry that a file belongs to: that of the nearest folder; undefined if it is not measured. */
export function folderOf(file: string): Folder | undefined {
    if (Object.keys(NOT_MEASURED).some((path) => contains(path, file))) {
        return undefined;
    }
    const entries = FOLDERS.filter(({ name, files = [] }) => contains(name, file) || files.includes(file));
    return entries.sort((a, b) => b.name.length - a.name.length)[0];
}

/** The target that a path on the command line names; undefined if it contains no measured code. */
export function targetOf(path: string, root: string): Target | undefined {
    const name = path.replace(/\/+$/, "");
    const files = sourceFiles(root);
    const named = FOLDERS.find((one) => one.name === name);
    const sources = files.filter((file) =>
        named === undefined ? contains(name, file) && folderOf(file) !== undefined : folderOf(file) === named,
    );
    const folder = named ?? folderOf(sources[0] ?? "");
    return folder === undefined || sources.some((file) => folderOf(file) !== folder)
        ? undefined
        : { folder, sources, whole: named !== undefined };
}

/** The spec files of a folder in the order in which they run, each once. */
export function specsOf({ specs }: Folder, root: string): string[] {
    return [...new Set(specs.flatMap((path) => filesBelow(root, path, ".spec.ts")))];
}

function contains(path: string, file: string): boolean {
    return file === path || file.startsWith(`${path}/`);
}

/** Files with an ending below a path, sorted; none if it does not exist. */
function filesBelow(root: string, path: string, ending: string): string[] {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true) {
        return stat !== undefined && path.endsWith(ending) ? [path] : [];
    }
    return readdirSync(join(root, path))
        .filter((name) => name !== "node_modules")
        .sort()
        .flatMap((name) => filesBelow(root, `${path}/${name}`, ending));
}

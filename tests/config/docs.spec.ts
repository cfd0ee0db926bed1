import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse, stringify } from "yaml";
import { z } from "zod";

import { platformConfig } from "../../components/platform-config";
import { group, oneOf, whole } from "../../config/fields";
import { configPart } from "../../config/part";
import { cloudNames, tierNames } from "../../config/schema";
import { configDocs, drifted, generated } from "../../tools/config-docs";
import { defaultKeys, defaultsOf } from "../../tools/config-docs/defaults";
import { keysAt, sections } from "../../tools/config-docs/keys";

const root = join(__dirname, "../..");
const { parts, schema } = platformConfig;
const page = readFileSync(join(root, "docs/config.md"), "utf8");
const project = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as {
    readonly config: Readonly<Record<string, unknown>>;
};

/** Runs the command over a folder; gives back its exit status and what it said. */
async function command(folder: string, ...args: string[]) {
    const said: string[] = [];
    const status = await configDocs(folder, args, (line) => said.push(line));
    return { status, said };
}

describe("the configuration's documents", () => {
    it("are as the schema has them; else run npm run config-docs", async () => {
        assert.deepEqual(await drifted(root), []);
    });

    it("do not depend on what a folder has of them already", async () => {
        const folder = mkdtempSync(join(tmpdir(), "config-docs-"));
        const stale = { ...project, config: { "ecommerce-platform:gone": { type: "string", description: "Old" } } };
        writeFileSync(join(folder, "Pulumi.yaml"), stringify(stale));
        const files = await generated(folder);
        rmSync(folder, { recursive: true });
        assert.deepEqual(Object.keys(files), ["docs/config.md", "Pulumi.yaml"]);
        assert.equal(files["docs/config.md"], page);
        assert.deepEqual(parse(files["Pulumi.yaml"] ?? ""), project);
    });

    it("name every key once and no other, each with its description and what it takes", () => {
        const tables = page.slice(page.indexOf("## Keys"), page.indexOf("## Defaults of the tiers"));
        const cells = tables
            .split("\n")
            .filter((line) => line.startsWith("| `"))
            .map((line) => line.split(" | ").map((text) => text.replace(/^\| | *\|$/g, "").trim()));
        const all = sections(schema);
        const keys = [
            ...all.flatMap(({ key, below }) => (below.length === 0 ? [key] : [])),
            ...all.flatMap(({ below }) => below),
        ];
        assert.deepEqual(
            cells.map((row) => row.slice(0, 3)),
            keys.map(({ path, type, accepts, description, secret }) => [
                `\`${path}\``,
                description,
                type === "object" ? "" : `${accepts}${secret ? " (secret)" : ""}`,
            ]),
        );
        assert.deepEqual(
            cells.filter((row) => row[3] === "required").map(([path]) => path),
            [
                ...["`tier`", "`cloud`", "`domain`", "`gcp.project`", "`aws.accountId`", "`labels.<label>`"],
                // Of an object that can be left out.
                ...["`load.preScale.start`", "`load.preScale.end`"],
            ],
        );
        assert.deepEqual(
            keys.filter(({ secret }) => secret).map(({ path }) => path),
            ["existing.kubeconfig"],
        );
    });

    it("know a default of every key that can be left out, and of no other", () => {
        const leaves = sections(schema).flatMap(({ below }) => below.filter(({ type }) => type !== "object"));
        const optional = leaves.filter(({ required }) => !required).map(({ path }) => path);
        assert.deepEqual([...defaultKeys(parts)].sort(), optional.sort());
    });

    it("tell defaults apart by tier and by cloud", () => {
        const defaultOf = defaultsOf(parts);
        assert.equal(defaultOf("nodePools.app.max"), "dev `6` · staging `12` · prod `20`");
        assert.equal(defaultOf("nodePools.app.machineType"), "gcp `e2-standard-4` · aws `m7i.xlarge`");
        assert.equal(defaultOf("nodePools.cache.min"), "`3`");
        assert.equal(defaultOf("existing.context"), "");
        assert.throws(
            () => defaultOf("nodePools.app.mode"),
            /nodePools\.app\.mode has no default; add one to the defaults of its part/,
        );
    });

    it("refuse a key without a description and one of an unknown kind", () => {
        assert.throws(() => keysAt("x", z.string()), /x has no description/);
        const odd = z.date().meta({ description: "A day", accepts: "a day" });
        assert.throws(() => keysAt("x", odd), /x is of a kind that Pulumi\.yaml has no type for/);
    });

    it("name the types of Pulumi.yaml", () => {
        assert.equal(keysAt("x", whole("Some", 1, 2))[0]?.type, "integer");
        assert.equal(keysAt("x", oneOf("Some", ["a"]))[0]?.type, "string");
    });
});

describe("the documents of a further part", () => {
    const crates = configPart({
        name: "crates",
        shape: { crates: group("How goods are packed", { size: whole("Litres", 1, 9).optional() }).optional() },
        groups: { aws: { crateDepot: oneOf("Depot", ["north", "south"]).optional() } },
        tiers: { dev: { size: 1 }, staging: { size: 2 }, prod: { size: 3 } },
        resolve: ({ crates: own, aws }, { tier }) => ({
            crates: { size: own?.size ?? { dev: 1, staging: 2, prod: 3 }[tier], depot: aws?.crateDepot ?? "north" },
        }),
        rules: [],
        defaults: { "crates.size": ({ crates: { size } }) => size, "aws.crateDepot": ({ crates: { depot } }) => depot },
    });
    let files: Readonly<Record<string, string>>;

    /** The rows of a table that begin with a text, without the spaces that line it up. */
    const rows = (start: string) =>
        (files["docs/config.md"] ?? "")
            .split("\n")
            .map((line) => line.replaceAll(/ +/g, " "))
            .filter((line) => line.startsWith(start));

    before(async () => {
        files = await generated(root, [...parts, crates]);
    });

    it("show its keys with what they take and their defaults by tier", () => {
        assert.deepEqual(rows("| `crates"), [
            "| `crates.size` | Litres | a whole number from 1 to 9 | dev `1` · staging `2` · prod `3` |",
        ]);
        assert.deepEqual(rows("| `aws.crateDepot"), ["| `aws.crateDepot` | Depot | one of north, south | `north` |"]);
        assert.deepEqual(rows("### `crates`"), ["### `crates`"]);
    });

    it("show what a tier means to it, and where that is written", () => {
        assert.deepEqual(rows("| [crates]"), [
            "| [crates](../components/crates/config.ts) | `size` | `1` | `2` | `3` |",
        ]);
    });

    it("declare its section in Pulumi.yaml, and keep those of the others", () => {
        const { config } = parse(files["Pulumi.yaml"] ?? "") as { config: Record<string, unknown> };
        assert.deepEqual(config["ecommerce-platform:crates"], {
            type: "object",
            description: "How goods are packed",
            default: {},
        });
        assert.equal(Object.keys(config).length, Object.keys(schema.shape).length + 1);
    });
});

describe("Pulumi.yaml", () => {
    it("declares each top-level key with its type and description", () => {
        const expected = sections(schema).map(({ key: { path, type, description, required } }) => [
            `ecommerce-platform:${path}`,
            { type, description, ...(required ? {} : { default: {} }) },
        ]);
        assert.deepEqual(Object.entries(project.config), expected);
    });

    it("asks every stack for tier, cloud and domain, and for no more", () => {
        const asked = Object.entries(project.config).filter(([, entry]) => !Object.hasOwn(entry as object, "default"));
        assert.deepEqual(
            asked.map(([key]) => key.split(":")[1]),
            ["tier", "cloud", "domain"],
        );
        assert.deepEqual([tierNames.length, cloudNames.length], [3, 3]);
    });
});

describe("npm run config-docs", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "config-docs-"));
        mkdirSync(join(folder, "docs"));
        cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("is the command that the check names", () => {
        const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            readonly scripts: Readonly<Record<string, string>>;
        };
        assert.equal(scripts["config-docs"], "tsx tools/config-docs.ts");
    });

    it("--check names what has drifted and exits 1, writing nothing", async () => {
        writeFileSync(join(folder, "docs/config.md"), `${page}More.\n`);
        assert.deepEqual(await command(folder, "--check"), {
            status: 1,
            said: ["docs/config.md is outdated; run: npm run config-docs"],
        });
        assert.equal(readFileSync(join(folder, "docs/config.md"), "utf8"), `${page}More.\n`);
    });

    it("writes it, and then the check passes", async () => {
        assert.deepEqual(await command(folder), { status: 0, said: ["wrote docs/config.md"] });
        assert.equal(readFileSync(join(folder, "docs/config.md"), "utf8"), page);
        assert.deepEqual(await command(folder, "--check"), { status: 0, said: [] });
    });

    it("exits 2 on an argument that it does not know", async () => {
        assert.deepEqual(await command(folder, "--chek"), {
            status: 2,
            said: ["unknown argument --chek; the only option is --check"],
        });
    });
});

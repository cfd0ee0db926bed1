import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { help } from "../../tools/plan/args";
import { linesOf } from "../config/stack-file";
import { type Block, blocks, packageFile, root, shippedConfig, stacks } from "./project";
import { type ConfigSet, configSets, settingsAfter, stackOf } from "./pulumi-commands";

const text = readFileSync(join(root, "README.md"), "utf8");
const ci = readFileSync(join(root, ".ci/run"), "utf8");
const all = blocks(text);

function ofKind(info: string): Block[] {
    return all.filter((block) => block.info === info);
}

describe("README.md", () => {
    it("starts with two commands, each in its own block", () => {
        const [plan, test] = ofKind("bash");
        assert.deepEqual([plan?.lines, test?.lines], [["npm ci && npm run plan"], ["npm ci && npm test"]]);
    });

    it("has its test command as the first step of CI", () => {
        const [, test] = ofKind("bash");
        assert.ok(ci.includes(`readme_test() { ${test?.lines[0] ?? "?"}; }`));
        const steps = ci.split("\n").filter((line) => line.startsWith("step "));
        assert.equal(steps[0], 'step "README\'s test command" readme_test');
    });

    it("has its plan command in the preview workflow", () => {
        const workflow = readFileSync(join(root, ".github/workflows/preview.yml"), "utf8");
        const [plan] = ofKind("bash");
        for (const command of plan?.lines[0]?.split(" && ") ?? ["?"]) {
            assert.ok(workflow.includes(`- run: ${command}\n`), command);
        }
    });

    it("has bash blocks only", () => {
        assert.deepEqual([...new Set(all.map(({ info }) => info))].sort(), ["bash", "bash run"]);
        assert.ok(ofKind("bash run").length > 0);
    });

    it("refers to existing scripts", () => {
        const { scripts } = packageFile();
        for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
            assert.ok(name !== undefined && Object.hasOwn(scripts, name), name);
        }
    });

    it("documents exactly the options of the plan", () => {
        const options = (of: string) => [...new Set(of.match(/--[a-z]+/g))].sort();
        const table = text.split("\n").filter((line) => /^\| `(--|<stack>)/.test(line));
        assert.deepEqual([...options(table.map((line) => line.split("|")[1]).join()), "--help"].sort(), options(help));
    });

    it("lists every stack", () => {
        const rows = [...text.matchAll(/^\| `([-a-z]+)` /gm)].map(([, name]) => name);
        assert.deepEqual(rows.slice(0, 5).sort(), stacks().sort());
    });
});

describe("README.md's commands", function () {
    this.timeout(60_000);
    const out = mkdtempSync(join(tmpdir(), "readme-"));
    after(() => {
        rmSync(out, { recursive: true });
    });

    for (const command of ofKind("bash run").flatMap(({ lines }) => lines)) {
        it(`run: ${command}`, () => {
            const [program = "", ...args] = command.split(" ");
            assert.equal(program, "npm");
            // Unchanged except for the output folder.
            const output = execFileSync(program, [...args, "--out", out], {
                cwd: root,
                encoding: "utf8",
                stdio: "pipe",
            });
            assert.match(output, /Usage: npm run plan|0 violations/);
        });
    }

    it("write the documented files", () => {
        assert.ok(existsSync(join(out, "prod/plan.json")));
        assert.ok(existsSync(join(out, "prod/kubernetes")));
    });
});

describe("README.md's commands for a cloud", () => {
    const cloudBlocks = ofKind("bash").slice(2);

    it("use documented programs only", () => {
        const programs = new Set(cloudBlocks.flatMap(({ lines }) => lines.map((line) => line.split(" ")[0])));
        assert.deepEqual([...programs].sort(), ["aws", "export", "gcloud", "kind", "npm", "pulumi"]);
    });

    it("pass the policy pack to every preview and update", () => {
        const known = /^pulumi (login|stack init|config set|preview|up)( |$)/;
        for (const line of cloudBlocks.flatMap(({ lines }) => lines).filter((one) => one.startsWith("pulumi"))) {
            assert.match(line, known);
            assert.equal(/^pulumi (preview|up)\b/.test(line), line.endsWith("--policy-pack policy"), line);
        }
    });

    for (const block of cloudBlocks) {
        const stack = stackOf(block.lines) ?? "local";
        it(`leave Pulumi.${stack}.yaml valid: ${block.lines.find((line) => line.includes("config set")) ?? "as shipped"}`, () => {
            assert.ok(stacks().includes(stack));
            const sets: ConfigSet[] = configSets(block.lines);
            assert.deepEqual(linesOf(settingsAfter(shippedConfig(stack), sets)), []);
        });
    }

    it("set passphrase, context and identity on a laptop before the first update, and check the cluster", () => {
        const laptop = cloudBlocks.find(({ lines }) => lines.some((line) => line.startsWith("kind")))?.lines ?? [];
        const order = [
            "export PULUMI_CONFIG_PASSPHRASE=",
            "pulumi stack init local",
            "pulumi config set --path existing.context kind-kind",
            "pulumi config set --path existing.identity ",
            "npm run preflight -- local",
            "pulumi up",
        ];
        const positions = order.map((start) => laptop.findIndex((line) => line.startsWith(start)));
        assert.deepEqual(
            positions,
            [...positions].sort((one, other) => one - other),
        );
        assert.ok(!positions.includes(-1), laptop.join("\n"));
    });

    it("set the cloud of their section", () => {
        const gke = cloudBlocks.find(({ lines }) => lines.some((line) => line.startsWith("gcloud")));
        const eks = cloudBlocks.find(({ lines }) => lines.some((line) => line.startsWith("aws")));
        assert.equal(settingsAfter(shippedConfig("dev"), configSets(gke?.lines ?? []))["cloud"], "gcp");
        assert.equal(settingsAfter(shippedConfig("staging"), configSets(eks?.lines ?? []))["cloud"], "aws");
    });
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectRoot } from "../../../tools/plan";
import { copyProject, plan } from "./project";

describe("npm run plan over several wrong stacks", function () {
    this.timeout(120_000);
    let work: string;
    let folder: string;

    beforeEach(() => {
        work = mkdtempSync(join(tmpdir(), "plan-wrong-"));
        folder = join(work, "project");
        copyProject(folder, "dev", "staging", "prod");
    });
    afterEach(() => {
        rmSync(work, { recursive: true });
    });

    function edit(stack: string, from: string, to: string): void {
        const file = `Pulumi.${stack}.yaml`;
        const text = readFileSync(join(projectRoot, file), "utf8");
        assert.ok(text.includes(from), `${file} has no ${from}`);
        writeFileSync(join(folder, file), text.replace(from, to));
    }
    /** What the command prints as wrong, with nothing on standard output and nothing written. */
    function refused(code: number, ...stacks: string[]): string {
        const out = join(work, "out");
        const { code: actual, stdout, stderr } = plan(...stacks, "--cwd", folder, "--out", out, "--quiet");
        assert.deepEqual([actual, stdout], [code, ""], stderr);
        assert.ok(!existsSync(out), "something is written");
        return stderr;
    }

    const domain = (stack: string, value: string): string =>
        `error: Pulumi.${stack}.yaml has 1 mistake:\n` +
        `  ecommerce-platform:domain: "${value}" is not valid; give a lower-case domain name such as demo.example.com\n`;

    it("names the mistakes of two, each with its file, beside one that could be planned", () => {
        edit("dev", "dev.demo.yourdomain.com", "Dev");
        edit("prod", "demo.yourdomain.com", "Prod");
        assert.equal(refused(2, "dev", "staging", "prod"), domain("dev", "Dev") + domain("prod", "Prod"));
    });

    it("names the mistakes of three: a value, the syntax of a file and a stack that does not exist", () => {
        edit("prod", "demo.yourdomain.com", "Prod");
        writeFileSync(join(folder, "Pulumi.staging.yaml"), "config:\n  ecommerce-platform:tier: [\n");
        assert.equal(
            refused(2, "staging", "prdo", "prod"),
            "error: Pulumi.staging.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ].\n" +
                'error: There is no stack "prdo"; there are dev, prod, staging.\n' +
                domain("prod", "Prod"),
        );
    });

    it("names unknown keys whose value is empty, at every level of a stack file", () => {
        const text = readFileSync(join(projectRoot, "Pulumi.staging.yaml"), "utf8").trimEnd();
        const empties = [
            "nodePoolz: {}",
            "bucketz: []",
            "cluster: { authorisedNetworks: {} }",
            "services: { order: { imagez: {} } }",
        ];
        const lines = empties.map((empty) => `  ecommerce-platform:${empty}\n`);
        writeFileSync(join(folder, "Pulumi.staging.yaml"), `${text}\n${lines.join("")}`);
        const message = refused(2, "staging");
        assert.deepEqual(
            message.split("\n").map((line) => line.replace(/ known here: .*/, "")),
            [
                "error: Pulumi.staging.yaml has 4 mistakes:",
                "  ecommerce-platform:bucketz: [] is not a known key;",
                "  ecommerce-platform:cluster.authorisedNetworks: {} is not a known key;",
                "  ecommerce-platform:nodePoolz: {} is not a known key;",
                "  ecommerce-platform:services.order.imagez: {} is not a known key;",
                "",
            ],
        );
    });

    it("names every stack that cannot be read where none can, and Pulumi.yaml once", () => {
        const missing = (stack: string): string =>
            `error: There is no stack "${stack}"; there are dev, prod, staging.\n`;
        assert.equal(refused(2, "prdo", "stagin"), missing("prdo") + missing("stagin"));
        rmSync(join(folder, "Pulumi.yaml"));
        assert.equal(refused(2, "dev", "prod"), `error: ${folder} is not a Pulumi project: it has no Pulumi.yaml.\n`);
    });

    it("names the mistakes of the others where the program fails for one, and exits with 3", () => {
        edit("prod", "demo.yourdomain.com", "Prod");
        edit("dev", "dev.demo.yourdomain.com", "Dev");
        const main = `
            const sdk = require(${JSON.stringify(join(projectRoot, "node_modules", "@pulumi", "pulumi"))});
            const program = require(${JSON.stringify(join(projectRoot, "index.ts"))});
            module.exports = () => {
                if (sdk.getStack() === "staging") throw new TypeError("a bug");
                if (sdk.getStack() === "dev") throw new sdk.RunError("the cluster has no name");
                return program();
            };`;
        writeFileSync(join(folder, "index.ts"), main);
        const lines = refused(3, "staging", "dev", "prod").replaceAll(/^ +at .*\n/gm, "");
        assert.equal(
            lines,
            "error: The program failed for stack staging: TypeError: a bug\n" +
                "error: Pulumi.dev.yaml: the cluster has no name\n" +
                domain("prod", "Prod"),
        );
    });
});

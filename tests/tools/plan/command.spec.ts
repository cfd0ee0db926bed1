import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Workloads } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { imagesByTag } from "../../../components/layer";
import { readPins } from "../../../config/image-lock";
import { projectRoot, type Plan } from "../../../tools/plan";
import { configOf, declaredOf } from "../../components/layers";
import { copyProject, plan, tree } from "./project";

const privileged = join(__dirname, "projects", "privileged");

/** The shipped stacks have no mirror. */
const images = { mirror: undefined, requireDigests: false, pins: readPins() };

describe("npm run plan", function () {
    this.timeout(120_000);
    let work: string;

    before(() => {
        work = mkdtempSync(join(tmpdir(), "plan-command-"));
    });
    after(() => {
        rmSync(work, { recursive: true });
    });

    describe("on the shipped stacks", () => {
        let text: ReturnType<typeof plan>;
        let json: ReturnType<typeof plan>;

        before(() => {
            text = plan("--out", join(work, "text"));
            json = plan("--out", join(work, "json"), "--json");
        });

        it("succeeds, and plans dev, staging and prod where their files say", () => {
            assert.deepEqual([text.code, json.code], [0, 0], text.stderr);
            assert.deepEqual(readdirSync(join(work, "text")), ["dev", "prod", "staging"]);
            const titles = text.stdout.match(/^\w+: tier \w+ on \w+/gm);
            assert.deepEqual(titles, [
                "dev: tier dev on gcp",
                "staging: tier staging on gcp",
                "prod: tier prod on gcp",
            ]);
        });

        it("writes byte-equal files in two runs", () => {
            const files = tree(join(work, "text"));
            assert.ok(files.size > 300, `only ${files.size} files`);
            assert.deepEqual(tree(join(work, "json")), files);
        });

        it("writes no path of this machine, and no colour", () => {
            for (const [path, content] of tree(join(work, "text"))) {
                assert.ok(!content.includes(projectRoot) && !content.includes(work), path);
            }
            assert.ok(!text.stdout.includes("\u001b") && !text.stderr.includes("\u001b"));
        });

        it("prints one JSON document and nothing else with --json", () => {
            const { stacks } = JSON.parse(json.stdout) as { readonly stacks: readonly Plan[] };
            assert.deepEqual(
                stacks.map(({ stack }) => stack),
                ["dev", "staging", "prod"],
            );
            for (const { stack, resources, policy } of stacks) {
                const written = JSON.parse(readFileSync(join(work, "json", stack, "plan.json"), "utf8")) as Plan;
                assert.deepEqual({ resources, policy }, { resources: written.resources, policy: written.policy });
            }
        });

        it("writes plan.json with what its readers count on", () => {
            const written = JSON.parse(readFileSync(join(work, "text", "prod", "plan.json"), "utf8")) as Plan;
            assert.deepEqual(Object.keys(written), [
                "stack",
                "tier",
                "cloud",
                "resources",
                "outputs",
                "policy",
                "warnings",
            ]);
            assert.deepEqual(written.policy.violations, []);
            for (const resource of written.resources) {
                const keys = ["urn", "type", "name", "parent", "provider", "custom", "inputs", "options"];
                assert.deepEqual(
                    Object.keys(resource),
                    keys.filter((key) => key in resource),
                );
            }
        });

        it("shows tree, findings, stand-ins and capacity, and progress on standard error", () => {
            const prod = text.stdout.slice(text.stdout.indexOf("\nprod: ") + 1);
            assert.match(prod, /^└─ platform Platform {2,}\d+$/m);
            assert.match(prod, /^ {3}│ {2}├─ user Microservice {2,}7$/m);
            assert.match(prod, /^Policy: 0 violations, \d+ warnings?, \d+ exempted$/m);
            const all: Workloads = workloads;
            const names = Object.entries(all).map(([name, { namespace }]) => `${namespace}/${name}`);
            assert.ok(prod.includes(`\nStand-in images (${names.length}): ${names.sort().join(", ")}\n`), prod);
            // The lock that ships may be empty: no digest is invented.
            const byTag = imagesByTag(declaredOf({ ...configOf("gcp", "prod"), images }));
            const list = `(${byTag.length}; npm run pin-images looks them up): ${byTag.join(", ")}`;
            const line = byTag.length === 0 ? ": none" : ` ${list}`;
            assert.ok(prod.includes(`\nImages without a digest${line}\n`), prod);
            // The shop's pods, 500m to 2 CPU and 1Gi to 2Gi each, and 6 placeholders with 800m and 3277Mi each (CL-10).
            const app = Object.values(all).filter(({ pool = "app" }) => pool === "app");
            const sum = (bound: "min" | "max") => app.reduce((pods, { scaling }) => pods + scaling[bound], 0);
            const [min, max] = [sum("min"), sum("max")];
            // And 21 pods of charts: 0.78 CPU and 2.1875 GiB requested, limits of 7.25 CPU and 7.75 GiB.
            const shown = (figure: number) => String(Number(figure.toFixed(2)));
            // 26 pods of stores outside their pools: operators 6 and the plugin, PgBouncer 6, Pgpool-II 2 with two containers, brokers 3 and
            // controllers 3, entity operator and exporter, the search 3.
            const figures = [
                String(min + 6 + 21 + 26),
                shown(min * 0.5 + 4.8 + 0.78 + 5.07),
                shown(min * 2 + 4.8 + 7.25 + 28.7),
                `${shown(min + 19.2 + 2.1875 + 30.199)}Gi`,
                `${shown(min * 2 + 19.2 + 7.75 + 34)}Gi`,
                String(max + 6 + 21 + 26),
            ];
            assert.match(prod, new RegExp(`^app +${figures.join(" +").replaceAll(".", "\\.")} `, "m"));
            // 12 members of Valkey and 3 of Memcached; 4 instances of PostgreSQL, each with the archive's sidecar.
            assert.match(prod, /^cache +15 +2\.52 +17\.7 +30\.84Gi +31\.69Gi +15 /m);
            assert.match(prod, /^database +4 +24\.4 +28 +97Gi +98Gi +4 /m);
            assert.match(prod, /^payment +2 +1 +4 +2Gi +4Gi +8 /m);
            assert.match(text.stderr, /^Planning dev, staging, prod$/m);
            assert.match(text.stderr, /^ {2}prod on gcp: \d+ resources and components in [\d.]+ s$/m);
        });
    });

    describe("exit code 1", () => {
        it("tells of mandatory violations, and still writes the plan", () => {
            const out = join(work, "violations");
            const { code, stdout, stderr } = plan("dev", "--cwd", privileged, "--out", out, "--quiet");
            assert.equal(code, 1);
            assert.equal(stderr, "");
            assert.match(stdout, /^dev: tier dev on existing, 1 resource\nPolicy: \d+ violations, /);
            assert.match(stdout, /^ {2}mandatory {2}forbid-privileged-containers: Pod "root", container "shell": /m);
            assert.ok(existsSync(join(out, "dev", "kubernetes", "shop", "pod-root.yaml")));
        });
    });

    describe("exit code 2, one message, nothing written", () => {
        const project = (): string => join(work, "project");
        const out = (): string => join(work, "kept");

        before(() => {
            copyProject(project(), "dev");
            assert.equal(plan("dev", "--cwd", project(), "--out", out(), "--quiet").code, 0);
        });

        function refuses(message: RegExp, ...args: string[]): void {
            const before = tree(out());
            const { code, stdout, stderr } = plan(...args, "--cwd", project(), "--out", out());
            assert.equal(code, 2, stderr);
            assert.equal(stdout, "");
            assert.match(stderr, message);
            assert.doesNotMatch(stderr, /^ +at /m, "no stack trace");
            assert.deepEqual(tree(out()), before, "an earlier plan stays as it was");
            assert.deepEqual(readdirSync(out()), ["dev"]);
        }

        it("for a typo in a stack's file, though the stack before it could be planned", () => {
            const text = readFileSync(join(projectRoot, "Pulumi.prod.yaml"), "utf8");
            writeFileSync(join(project(), "Pulumi.prod.yaml"), text.replace(":domain:", ":domian:"));
            refuses(/error: Pulumi\.prod\.yaml has 2 mistakes:\n(.*\n)*.*domian.*did you mean "domain"/, "dev", "prod");
        });

        it("for YAML that is none, with file, line and column", () => {
            writeFileSync(join(project(), "Pulumi.staging.yaml"), "config:\n  ecommerce-platform:tier: [\n");
            refuses(/^error: Pulumi\.staging\.yaml:3:1: /m, "dev", "staging");
        });

        it("for a stack that does not exist, with those that do", () => {
            refuses(/^error: There is no stack "prdo"; there are dev, prod, staging\.$/m, "dev", "prdo");
        });

        it("for flags and values that are not known", () => {
            refuses(/^error: Unknown option '--colour'\. See npm run plan -- --help\.$/m, "--colour");
            refuses(/^error: --cloud: "azure" is not known; give one of gcp, aws, existing\.$/m, "--cloud", "azure");
        });

        it("for a folder that holds something else", () => {
            const elsewhere = join(work, "elsewhere");
            mkdirSync(join(elsewhere, "dev"), { recursive: true });
            writeFileSync(join(elsewhere, "dev", "thesis.txt"), "precious");
            const { code, stderr } = plan("dev", "--cwd", privileged, "--out", elsewhere, "--quiet");
            assert.equal(code, 2);
            assert.match(stderr, /elsewhere\/dev exists and does not contain a plan; it was not changed\./);
            assert.deepEqual([...tree(elsewhere)], [["dev/thesis.txt", "precious"]]);
        });
    });

    describe("exit code 3, nothing written", () => {
        function fails(program: string, message: RegExp): void {
            const folder = mkdtempSync(join(work, "broken-"));
            writeFileSync(join(folder, "Pulumi.yaml"), "name: broken\nmain: program.js\n");
            writeFileSync(join(folder, "Pulumi.dev.yaml"), "");
            const sdk = JSON.stringify(join(projectRoot, "node_modules", "@pulumi", "pulumi"));
            writeFileSync(
                join(folder, "program.js"),
                `const pulumi = require(${sdk});\nmodule.exports = ${program};\n`,
            );
            const { code, stdout, stderr } = plan("dev", "--cwd", folder, "--out", join(folder, "out"));
            assert.deepEqual([code, stdout], [3, ""], stderr);
            assert.match(stderr, message);
            assert.ok(!existsSync(join(folder, "out")));
        }

        it("where the program fails, with its stack trace", () => {
            fails(
                '() => { throw new TypeError("a bug"); }',
                /error: The program failed for stack dev: TypeError: a bug\n +at .*program\.js/,
            );
        });

        it("where the program waits for itself, which would end the process without a word", () => {
            fails(
                "async () => ({ never: await new Promise(() => undefined) })",
                /error: The program failed for stack dev: Error: The program is deadlocked: a resource or an output depends on its own/,
            );
        });
    });

    it("explains itself", () => {
        const { code, stdout, stderr } = plan("--help");
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^Usage: npm run plan -- /);
    });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { packageFile, root, shippedConfig } from "./project";

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
    readonly if?: string;
    readonly "timeout-minutes"?: number;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly environment?: string;
    readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
    readonly steps: readonly Step[];
}

interface Workflow {
    readonly on: string | Readonly<Record<string, unknown>>;
    readonly permissions: Readonly<Record<string, string>>;
    readonly concurrency?: { readonly group: string };
    readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, ".github/workflows");
const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));

for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    const workflow = parse(text) as Workflow;
    const jobs = Object.entries(workflow.jobs);

    describe(`workflow ${file}`, () => {
        it("pins each action by commit, with its version in a comment", () => {
            const used = text.split("\n").filter((line) => /\buses:/.test(line));
            assert.ok(used.length > 0);
            for (const line of used) {
                assert.match(line, /^\s*(- )?uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
            }
        });

        it("pins each action to one commit only", () => {
            const pins = new Set([...text.matchAll(/uses: (\S+@[0-9a-f]{40} # \S+)/g)].map(([, pin]) => pin));
            const names = [...pins].map((pin) => pin?.split("@")[0]);
            assert.deepEqual(names, [...new Set(names)]);
        });

        it("is not triggered by pull_request_target or workflow_run", () => {
            assert.doesNotMatch(text, /pull_request_target|workflow_run/);
        });

        it("has no workflow permissions and minimal job permissions", () => {
            assert.deepEqual(workflow.permissions, {});
            for (const [name, { permissions }] of jobs) {
                const { "id-token": identity, ...others } = permissions ?? {};
                assert.deepEqual(others, { contents: "read" }, name);
                assert.ok(identity === undefined || identity === "write", name);
            }
        });

        it("uses no stored secret", () => {
            assert.doesNotMatch(text, /\{\{[^}]*\bsecrets\b|^\s*secrets:/m);
        });

        it("gives no OIDC token to code of a fork", () => {
            const trusted = /github\.event\.pull_request\.head\.repo\.full_name == github\.repository/;
            for (const [name, job] of jobs.filter(([, { permissions }]) => permissions?.["id-token"] !== undefined)) {
                assert.match(job.if ?? "", trusted, name);
                assert.ok(job.environment !== undefined, name);
            }
        });

        it("has no expressions in commands, which would allow script injection", () => {
            for (const [name, { steps }] of jobs) {
                for (const { run = "" } of steps) {
                    assert.doesNotMatch(run, /\$\{\{/, name);
                }
            }
        });

        it("persists no credentials in the checkout and has a timeout", () => {
            assert.ok(workflow.concurrency !== undefined);
            for (const [name, job] of jobs) {
                assert.ok((job["timeout-minutes"] ?? 999) <= 60, name);
                const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
                assert.deepEqual(
                    checkouts.map((step) => step.with?.["persist-credentials"]),
                    checkouts.map(() => false),
                );
            }
        });

        it("runs existing scripts only", () => {
            const { scripts } = packageFile();
            for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
                assert.ok(name !== undefined && Object.hasOwn(scripts, name), name);
            }
        });
    });
}

describe("the preview workflow", () => {
    const text = readFileSync(join(folder, "preview.yml"), "utf8");
    const { on, jobs } = parse(text) as Workflow;
    const commands = (job: string) => (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);

    it("runs on every pull request", () => {
        assert.equal(on, "pull_request");
    });

    it("lints, checks format and types, tests, plans and uploads the plan", () => {
        const expected = [
            "npm ci",
            "npm run lint",
            "npm run format:check",
            "npm run types",
            "npm test",
            "npm run plan",
        ];
        assert.deepEqual(commands("check"), expected);
        const upload = jobs["check"]?.steps.find(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
        assert.equal(upload?.with?.["path"], "out");
    });

    it("previews each cloud stack with the policy pack, after the checks", () => {
        const clouds = ["dev", "local", "prod", "prod-dr", "staging"].filter(
            (stack) => shippedConfig(stack)["cloud"] !== "existing",
        );
        assert.deepEqual([...(jobs["preview"]?.strategy?.matrix["stack"] ?? [])].sort(), clouds);
        assert.equal(
            commands("preview").at(-1),
            'pulumi preview --stack "$STACK" --policy-pack policy --diff --non-interactive',
        );
        assert.match(text, /needs: check/);
    });

    it("uses the engine version of the Pulumi SDK", () => {
        const engine = jobs["preview"]?.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@"));
        assert.equal(engine?.with?.["pulumi-version"], packageFile().dependencies["@pulumi/pulumi"]);
    });

    it("reads the cloud from the stack file", () => {
        const [script] = commands("preview").filter((command) => command.includes("GITHUB_OUTPUT"));
        const pattern = /s\/(\^.*?)\/\/p/.exec(script ?? "")?.[1]?.replace("[[:space:]]", "\\s");
        for (const stack of ["dev", "staging", "prod", "prod-dr"]) {
            const lines = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8").split("\n");
            const found = lines.filter((line) => new RegExp(pattern ?? "$^").test(line));
            assert.deepEqual(
                found.map((line) => line.replace(new RegExp(pattern ?? "$^"), "")),
                [shippedConfig(stack)["cloud"]],
            );
        }
    });
});

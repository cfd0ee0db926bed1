import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { planStack } from "../../tools/plan";
import { fillBin } from "./harness/bin";
import { ROOT } from "./harness/session";
import { MemoryStore } from "./providers/core/store";
import { STORE_VARIABLE, serveStore } from "./providers/core/store-server";

/** A copy of the project whose stack files can be written; everything else is linked. */
function checkout(folder: string): void {
    for (const entry of readdirSync(ROOT)) {
        if (/^Pulumi\..+\.yaml$/.test(entry)) {
            copyFileSync(join(ROOT, entry), join(folder, entry));
        } else if (!entry.startsWith(".") && entry !== "out") {
            symlinkSync(join(ROOT, entry), join(folder, entry));
        }
    }
}

async function languageHost(bin: string): Promise<void> {
    const bundle = await build({
        entryPoints: [join(__dirname, "language", "main.ts")],
        bundle: true,
        platform: "node",
        format: "cjs",
        target: `node${process.versions.node}`,
        write: false,
        logLevel: "silent",
    });
    const path = join(bin, "pulumi-language-nodejs");
    writeFileSync(path, `#!${process.execPath}\n${bundle.outputFiles[0]?.text ?? ""}`);
    chmodSync(path, 0o755);
}

describe("engine: the command line of the README", () => {
    const folder = mkdtempSync(join(tmpdir(), "engine-cli-"));
    const project = join(folder, "project");
    const bin = join(folder, "bin");
    let env: NodeJS.ProcessEnv = {};
    let close: (() => Promise<void>) | undefined;

    const pulumi = (...args: string[]): Promise<{ readonly failed: boolean; readonly output: string }> =>
        new Promise((resolve) => {
            execFile(
                join(bin, "pulumi"),
                [...args, "--non-interactive"],
                { cwd: project, env, maxBuffer: 64 * 1024 * 1024 },
                (error, stdout, stderr) => {
                    resolve({ failed: error !== null, output: `${stdout}${stderr}` });
                },
            );
        });
    const succeed = async (...args: string[]): Promise<string> => {
        const { failed, output } = await pulumi(...args);
        assert.equal(failed, false, `pulumi ${args.join(" ")}\n${output}`);
        return output;
    };

    before(async () => {
        mkdirSync(project);
        mkdirSync(join(folder, "state"));
        checkout(project);
        await fillBin(bin);
        await languageHost(bin);
        const store = await serveStore(new MemoryStore());
        close = () => store.close();
        env = {
            ...process.env,
            [STORE_VARIABLE]: store.address,
            PATH: `${bin}:${process.env["PATH"] ?? ""}`,
            PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
            PULUMI_HOME: join(folder, "home"),
            PULUMI_CONFIG_PASSPHRASE: "a passphrase for a state that lives for minutes",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            NO_COLOR: "1",
        };
    });

    after(async () => {
        await close?.();
        rmSync(folder, { recursive: true, force: true });
    });

    it("previews prod with the policy pack and the number of resources in the plan", async () => {
        await succeed("stack", "init", "prod");
        const output = await succeed("preview", "-s", "prod", "--policy-pack", "policy");
        const { resources } = await planStack({ stack: "prod" });
        assert.match(output, new RegExp(`\\+ ${resources.length} to create`));
        assert.match(output, /ecommerce-platform-policy@v/);
    });

    it("creates local, finds no changes afterwards, and destroys it", async () => {
        await succeed("stack", "init", "local");
        const { resources } = await planStack({ stack: "local" });
        assert.match(
            await succeed("up", "-s", "local", "--yes", "--policy-pack", "policy"),
            new RegExp(`\\+ ${resources.length} created`),
        );
        await succeed("preview", "-s", "local", "--expect-no-changes");
        assert.match(await succeed("stack", "output", "-s", "local", "tier"), /^dev$/m);
        assert.match(await succeed("destroy", "-s", "local", "--yes"), new RegExp(`- ${resources.length} deleted`));
    });

    it("reports every mistake in a stack file without a stack trace", async () => {
        await succeed("config", "set", "-s", "prod", "colour", "red");
        await succeed("config", "set", "-s", "prod", "--path", "nodePools.app.min", "--type", "int", "21");
        const { failed, output } = await pulumi("preview", "-s", "prod");
        assert.equal(failed, true);
        assert.match(output, /Pulumi\.prod\.yaml has 2 mistakes:/);
        assert.match(output, /ecommerce-platform:colour: "red" is not a known key/);
        assert.match(output, /ecommerce-platform:nodePools\.app\.min: 21 is more than nodePools\.app\.max \(20\)/);
        assert.doesNotMatch(output, /\n\s+at .+:\d+:\d+/);
    });
});

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

import { parse } from "yaml";

import { keyPrefix } from "../../config/validate";
import type { AwsCli } from "./aws";
import type { Kubectl } from "./checks";
import { preflightCommand, stackFile } from "./command";

/** The keys of a stack file; instead of the encrypted kubeconfig a text, because kubectl uses the local one. */
function settings(stack: string): Record<string, unknown> {
    const path = stackFile(stack);
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const { config = {} } = (parse(text) ?? {}) as { config?: Record<string, Record<string, unknown>> };
    const keys = Object.entries(config).map(([key, value]) => [key.slice(keyPrefix.length), value] as const);
    const { existing, ...others } = Object.fromEntries(keys);
    const readable = { ...existing, ...(existing?.["kubeconfig"] === undefined ? {} : { kubeconfig: "encrypted" }) };
    return { ...others, ...(existing === undefined ? {} : { existing: readable }) };
}

const kubectl =
    (context: string | undefined): Kubectl =>
    (args) =>
        new Promise((resolve, reject) => {
            const all = [...(context === undefined ? [] : [`--context=${context}`]), "--request-timeout=20s", ...args];
            execFile("kubectl", all, (error, stdout, stderr) => {
                if (error === null) {
                    resolve(stdout);
                } else if (stderr.includes("NotFound") || stderr.includes("doesn't have a resource type")) {
                    resolve(undefined);
                } else {
                    reject(new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || error.message}`));
                }
            });
        });

const aws: AwsCli = (args) =>
    new Promise((resolve, reject) => {
        // The answer of `describe-addon-versions` is larger than the default of 1 MiB.
        const options = { maxBuffer: 64 * 1024 * 1024 };
        execFile("aws", [...args, "--output", "json"], options, (error, stdout, stderr) => {
            if (error === null) {
                resolve(JSON.parse(stdout));
            } else if (stderr.includes("ParameterNotFound")) {
                resolve(undefined);
            } else {
                reject(new Error(`aws ${args.slice(0, 2).join(" ")}: ${stderr.trim() || error.message}`));
            }
        });
    });

void preflightCommand(process.argv.slice(2), {
    settings,
    kubectl,
    aws,
    print: (line) => {
        console.log(line);
    },
}).then((status) => {
    process.exitCode = status;
});

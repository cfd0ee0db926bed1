import { parseArgs } from "node:util";

import { Fault } from "./fault";

export const help = `Usage: npm run plan -- [<stack>...] [options]

Plans stacks in this process, without engine, cloud or network. Prints each stack's resources and policy findings, and
writes to <out>/<stack>/: plan.json, mirror.json (the images and charts that a private registry needs, and which images
have no digest), kubernetes/<namespace>/<kind>-<name>.yaml and helm/<release>.yaml.

  <stack>        stacks to plan (default: dev staging prod)
  --cloud CLOUD  gcp, aws or existing; overrides the stacks' files
  --cwd DIR      folder with another project's Pulumi.yaml
  --out DIR      output folder (default: out)
  --json         print one JSON document on standard output and nothing else
  --quiet        print only findings: no progress, tree or tables
  --help         print this text

Exit code: 0, or 1 if a mandatory policy is violated, 2 if the configuration or the command line is wrong, 3 if the
program fails. With 2 and 3 the mistakes of all stacks are printed and nothing is written.
`;

/** Values of `--cloud`. The program's configuration validates them again. */
export const clouds = ["gcp", "aws", "existing"] as const;

/** @throws Fault for a cloud that does not exist. */
export function requireCloud(cloud: string | undefined): void {
    if (cloud !== undefined && !clouds.some((known) => known === cloud)) {
        throw new Fault(`--cloud: "${cloud}" is not known; give one of ${clouds.join(", ")}.`);
    }
}

/** The error of `parseArgs` for the command line of an npm script: its first sentence. */
export function argumentFault(error: unknown, script: string): Fault {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/, 1);
    return new Fault(`${reason.replace(/\.$/, "")}. See npm run ${script} -- --help.`);
}

/** The parsed command line. */
export interface CommandLine {
    readonly stacks: readonly string[];
    readonly cloud: string | undefined;
    readonly cwd: string | undefined;
    readonly out: string;
    readonly json: boolean;
    readonly quiet: boolean;
    readonly help: boolean;
}

/** @throws Fault for unknown flags and values. */
export function parseCommandLine(args: readonly string[]): CommandLine {
    const { values, positionals } = parsed(args);
    const { cloud, out = "out" } = values;
    requireCloud(cloud);
    if (out === "") {
        throw new Fault("--out needs a folder.");
    }
    return {
        stacks: positionals.length > 0 ? [...new Set(positionals)] : ["dev", "staging", "prod"],
        cloud,
        cwd: values.cwd,
        out,
        json: values.json === true,
        quiet: values.quiet === true,
        help: values.help === true,
    };
}

function parsed(args: readonly string[]) {
    try {
        return parseArgs({
            args: [...args],
            allowPositionals: true,
            options: {
                cloud: { type: "string" },
                cwd: { type: "string" },
                out: { type: "string" },
                json: { type: "boolean" },
                quiet: { type: "boolean" },
                help: { type: "boolean", short: "h" },
            },
        });
    } catch (error) {
        throw argumentFault(error, "plan");
    }
}

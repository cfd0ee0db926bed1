import { parseArgs } from "node:util";

import { Fault } from "./fault";

export const help = `Usage: npm run plan -- [<stack>...] [options]

Plans stacks in this process, without an engine, a cloud or a network: prints what each would become, and writes it to
<out>/<stack>/ as plan.json, mirror.json (the images and charts that a private registry has to
hold), kubernetes/<namespace>/<kind>-<name>.yaml and helm/<release>.yaml.

  <stack>        stacks to plan (default: dev staging prod)
  --cloud CLOUD  gcp, aws or existing, in the place of what the stacks' files say
  --cwd DIR      folder with another project's Pulumi.yaml
  --out DIR      where to write (default: out)
  --json         print one JSON document on standard output and nothing else
  --quiet        no progress, no tree, no tables: only findings
  --help         this text

Exit code: 0, or 1 when a mandatory policy is violated, 2 when the configuration or the command line is wrong,
3 when the program fails. With 2 and 3 every mistake of every stack is printed, and nothing is written.
`;

/** Clouds that the program knows; its own configuration has the last word. */
export const clouds = ["gcp", "aws", "existing"] as const;

/** What the command line asks for. */
export interface CommandLine {
    readonly stacks: readonly string[];
    readonly cloud: string | undefined;
    readonly cwd: string | undefined;
    readonly out: string;
    readonly json: boolean;
    readonly quiet: boolean;
    readonly help: boolean;
}

/** @throws Fault for flags and values that are not known. */
export function parseCommandLine(args: readonly string[]): CommandLine {
    const { values, positionals } = parsed(args);
    const { cloud, out = "out" } = values;
    if (cloud !== undefined && !clouds.some((known) => known === cloud)) {
        throw new Fault(`--cloud: "${cloud}" is not known; give one of ${clouds.join(", ")}.`);
    }
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
        const [reason = ""] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/, 1);
        throw new Fault(`${reason.replace(/\.$/, "")}. See npm run plan -- --help.`);
    }
}

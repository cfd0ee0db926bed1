import { parseArgs } from "node:util";

import { argumentFault, requireCloud } from "../plan/args";
import { Fault } from "../plan/fault";

export const help = `Usage: npm run pin-images -- [<stack>...] [options]

Asks the registries for the digests of the images that the stacks run, those of Helm charts included, and writes them to
images.lock.json. From then on these images run by digest. A stack with images.mirror asks its mirror, and only that.
Images of services.<service>.image are not looked up: give those by digest in the stack file.

  <stack>           stacks whose images are looked up (default: all that have a file; images of none are then removed)
  --cloud CLOUD     gcp, aws or existing; overrides the stacks' files
  --platform NAME   platform that every image has to have, such as linux/arm64; may be given several times
                    (default: that of the cloud's nodes, linux/amd64; none for an existing cluster)
  --update          take the new digest of a tag that has moved since its look-up; without it that is an error
  --check           write nothing, and fail if the lock lacks an image or has another digest than the registry: for CI
  --help            print this text

Credentials are those of docker login: config.json in DOCKER_CONFIG or ~/.docker, with its credential helpers.

Exit code: 0, or 1 if a look-up fails, a tag has moved or the lock is not complete, 2 if the configuration or the command
line is wrong. With 1 and 2 nothing is written.
`;

/** The parsed command line. */
export interface CommandLine {
    /** Empty for all stacks. */
    readonly stacks: readonly string[];
    readonly cloud: string | undefined;
    readonly platforms: readonly string[];
    readonly update: boolean;
    readonly check: boolean;
    readonly help: boolean;
}

function parsed(args: readonly string[]) {
    try {
        return parseArgs({
            args: [...args],
            allowPositionals: true,
            options: {
                cloud: { type: "string" },
                platform: { type: "string", multiple: true },
                update: { type: "boolean" },
                check: { type: "boolean" },
                help: { type: "boolean", short: "h" },
            },
        });
    } catch (error) {
        throw argumentFault(error, "pin-images");
    }
}

/** @throws Fault for unknown options and values */
export function parseCommandLine(args: readonly string[]): CommandLine {
    const { values, positionals } = parsed(args);
    const { cloud, platform: platforms = [], update = false, check = false, help: helped = false } = values;
    requireCloud(cloud);
    const wrong = platforms.find((platform) => !/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(platform));
    if (wrong !== undefined) {
        throw new Fault(
            `--platform: "${wrong}" is not valid; give an operating system and a processor, as linux/arm64.`,
        );
    }
    if (update && check) {
        throw new Fault("--check writes nothing, and --update writes; give one of them.");
    }
    return { stacks: [...new Set(positionals)], cloud, platforms, update, check, help: helped };
}

import { parseArgs } from "node:util";

import { ConfigError } from "../../config/problems";
import { Fault } from "../plan/fault";
import { textAt } from "../plan/json";
import { planStack } from "../plan/plan";
import type { PlannedResource } from "../plan/record/types";
import { awsPolicies, gcpRole, permissionsOf, type Place } from "./documents";

export const usage = `usage: npm run --silent permissions -- <stack> [--cloud gcp|aws]

Prints what whoever deploys the stack has to be allowed in its project or account, worked out from the stack's plan:
a role for gcloud iam roles create --file, or policies for aws iam create-policy, by name. It asks no cloud.

  --cloud CLOUD  gcp or aws, in the place of what the stack's file says
  --help         shows this
`;

/** What the command needs of the world. */
export interface PermissionsWorld {
    readonly say: (text: string) => void;
    readonly complain: (text: string) => void;
}

/** The command: gives back its exit status, 0 or 2, and says the rest. */
export async function permissionsCommand(args: readonly string[], world: PermissionsWorld): Promise<0 | 2> {
    const refuse = (text: string): 2 => {
        world.complain(text);
        return 2;
    };
    let parsed: ReturnType<typeof parse>;
    try {
        parsed = parse(args);
    } catch (error) {
        return refuse(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    }
    const [stack, ...more] = parsed.positionals;
    if (parsed.values.help === true) {
        world.say(usage);
        return 0;
    }
    if (stack === undefined || more.length > 0) {
        return refuse(usage);
    }
    const own = parsed.values.cloud === undefined ? {} : { cloud: parsed.values.cloud };
    try {
        const { resources, cloud } = await planStack({ stack, judge: false, ...own });
        if (cloud !== "gcp" && cloud !== "aws") {
            return refuse(`${stack} is on a cluster that exists: whoever deploys needs that cluster's own rights`);
        }
        const permissions = permissionsOf(cloud, resources);
        const document =
            cloud === "gcp" ? gcpRole(permissions, stack) : awsPolicies(permissions, placeOf(stack, resources));
        world.say(JSON.stringify(document, undefined, 2));
        return 0;
    } catch (error) {
        if (error instanceof ConfigError || error instanceof Fault) {
            return refuse(error.message);
        }
        throw error;
    }
}

/** Account and regions, as the plan's own providers are bound to them. */
function placeOf(stack: string, resources: readonly PlannedResource[]): Place {
    const providers = resources.filter(({ type }) => type === "pulumi:providers:aws").map(({ inputs }) => inputs);
    // The SDK hands a provider's lists over as JSON text.
    const [account] = JSON.parse(textAt(providers[0], "allowedAccountIds") ?? "[]") as readonly string[];
    return {
        stack,
        account: account ?? "",
        regions: [...new Set(providers.flatMap((inputs) => textAt(inputs, "region") ?? []))].sort(),
    };
}

function parse(args: readonly string[]) {
    return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { cloud: { type: "string" }, help: { type: "boolean" } },
    });
}

import { parseArgs } from "node:util";

import { ConfigError } from "../../config/problems";
import { Fault } from "../plan/fault";
import { planStack } from "../plan/plan";
import { awsPolicies, gcpRole, permissionsOf } from "./documents";
import { awsScope } from "./scope";

export const usage = `usage: npm run --silent permissions -- <stack> [--cloud gcp|aws]

Prints the IAM permissions for deploying the stack, computed from its plan: a role for
gcloud iam roles create --file, or policies by name for aws iam create-policy, with the permissions boundary
of aws.permissionsBoundary. It does not connect to a cloud.

  --cloud CLOUD  gcp or aws, instead of the stack file's cloud
  --help         prints this text
`;

/** Printed on AWS for a stack whose roles have no boundary. */
export const unbounded = `aws.permissionsBoundary is not set: the deployer can give roles of the stack any permission, and so itself.
Set it to the name of a policy, such as ecommerce-prod-boundary; this command then prints that policy too.
`;

/** Output of the command. */
export interface CommandOutput {
    readonly stdout: (text: string) => void;
    readonly stderr: (text: string) => void;
}

/** Runs the command and returns its exit status; 2 for invalid arguments or configuration. */
export async function permissionsCommand(args: readonly string[], output: CommandOutput): Promise<0 | 2> {
    const fail = (text: string): 2 => {
        output.stderr(text);
        return 2;
    };
    let parsed: ReturnType<typeof parse>;
    try {
        parsed = parse(args);
    } catch (error) {
        return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    }
    const [stack, ...more] = parsed.positionals;
    if (parsed.values.help === true) {
        output.stdout(usage);
        return 0;
    }
    if (stack === undefined || more.length > 0) {
        return fail(usage);
    }
    const own = parsed.values.cloud === undefined ? {} : { cloud: parsed.values.cloud };
    try {
        const plan = await planStack({ stack, checkPolicies: false, ...own });
        const { resources, cloud } = plan;
        if (cloud !== "gcp" && cloud !== "aws") {
            return fail(
                `${stack} uses an existing cluster, which has no cloud permissions: the deployer needs access to that cluster`,
            );
        }
        const permissions = permissionsOf(cloud, resources);
        const scope = awsScope(plan);
        if (cloud === "aws" && scope.boundary === undefined) {
            output.stderr(unbounded);
        }
        const document = cloud === "gcp" ? gcpRole(permissions, stack) : awsPolicies(permissions, scope);
        output.stdout(JSON.stringify(document, undefined, 2));
        return 0;
    } catch (error) {
        if (error instanceof ConfigError || error instanceof Fault) {
            return fail(error.message);
        }
        throw error;
    }
}

function parse(args: readonly string[]) {
    return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { cloud: { type: "string" }, help: { type: "boolean" } },
    });
}

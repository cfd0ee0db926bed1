import assert from "node:assert/strict";

import type { Policy, Principal } from "./evaluator";
import { run } from "./run";

/** Policies of a stack on AWS, as the command prints them. */
export interface Printed {
    /** The deployer, without the policies of State and without those that its organisation adds. */
    readonly deployer: Principal;
    /** The boundary of the stack's roles. */
    readonly boundary: Policy | undefined;
}

/** Runs the command for a stack. */
export async function printed(stack: string): Promise<Printed> {
    const { status, stdout } = await run(stack, "--cloud", "aws");
    assert.equal(status, 0);
    const documents = Object.entries(JSON.parse(stdout) as Record<string, Policy>);
    const policies = documents.filter(([name]) => name.includes("-deploy-")).map(([, policy]) => policy);
    assert.equal(policies.length, 3);
    const [boundary] = documents.filter(([name]) => !name.includes("-deploy-"));
    return { deployer: { policies }, boundary: boundary?.[1] };
}

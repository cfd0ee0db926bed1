import type { CoreConfig } from "../../../config/core";

/** The configuration that decides where a stack's roles are, and what bounds them. */
export type RoleConfig = Pick<CoreConfig, "account" | "permissionsBoundary" | "stack">;

/** IAM path of a stack's roles and instance profiles. */
export function iamPath(stack: string): string {
    return `/ecommerce/${stack}/`;
}

/** ARN of the policy that bounds a stack's roles; undefined without `aws.permissionsBoundary`. */
export function boundaryArn({ account, permissionsBoundary }: Omit<RoleConfig, "stack">): string | undefined {
    return permissionsBoundary === undefined ? undefined : `arn:aws:iam::${account}:policy/${permissionsBoundary}`;
}

/** Settings of every role: without them a deployer could create a role with more permissions than its own (D10). */
export function roleSettings(config: RoleConfig) {
    const permissionsBoundary = boundaryArn(config);
    return {
        // The deployer's policy allows changes and PassRole on this path only, so not on other roles of the account.
        path: iamPath(config.stack),
        // The deployer's policy allows creating roles and adding policies only with this boundary, which it cannot change.
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    };
}

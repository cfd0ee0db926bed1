import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import { type RoleConfig, roleSettings } from "../../common/aws/roles";

/** Arguments of {@link ServiceRole}. */
export interface ServiceRoleArgs {
    readonly config: RoleConfig;
    /** Service principal that assumes the role, such as `eks.amazonaws.com`. */
    readonly service: string;
    /** ARNs of AWS managed policies, by the suffix of the attachment's name. */
    readonly policies: Readonly<Record<string, string>>;
    /** Actions of the trust policy. @default sts:AssumeRole */
    readonly actions?: readonly string[];
    /** Condition of the trust policy. @default none */
    readonly condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** An IAM role for one AWS service, with AWS managed policies (E11, E12). */
export class ServiceRole extends pulumi.ComponentResource {
    /** Resolves when the policies are attached. */
    public readonly arn: pulumi.Output<string>;
    public readonly roleName: pulumi.Output<string>;

    constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:ServiceRole", name, {}, opts);
        const child = { parent: this };
        const role = new iam.Role(
            name,
            {
                ...roleSettings(args.config),
                assumeRolePolicy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: args.service },
                            Action: args.actions ?? ["sts:AssumeRole"],
                            ...(args.condition === undefined ? {} : { Condition: args.condition }),
                        },
                    ],
                }),
            },
            child,
        );
        const attachments = Object.entries(args.policies).map(
            ([key, policyArn]) => new iam.RolePolicyAttachment(`${name}-${key}`, { role: role.name, policyArn }, child),
        );
        this.arn = after(role.arn, attachments);
        this.roleName = role.name;
        this.registerOutputs({ arn: this.arn, roleName: this.roleName });
    }
}

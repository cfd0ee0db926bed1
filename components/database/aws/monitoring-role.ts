import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import { type RoleConfig, roleSettings } from "../../common/aws/roles";

/** Arguments of {@link MonitoringRole}. */
export interface MonitoringRoleArgs {
    readonly config: RoleConfig & { readonly region: string };
}

/**
 * The role by which RDS writes Enhanced Monitoring of the operating system to CloudWatch Logs
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html).
 */
export class MonitoringRole extends pulumi.ComponentResource {
    /** Resolves when the policy is attached. */
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, { config }: MonitoringRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:MonitoringRole", name, {}, opts);
        const role = new iam.Role(
            name,
            {
                ...roleSettings(config),
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "monitoring.rds.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // The principal is shared by all accounts: only this account's instances in this region (D10).
                            Condition: {
                                StringEquals: { "aws:SourceAccount": config.account },
                                StringLike: { "aws:SourceArn": `arn:aws:rds:${config.region}:${config.account}:db:*` },
                            },
                        },
                    ],
                }),
            },
            { parent: this },
        );
        const policyArn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";
        const attachment = new iam.RolePolicyAttachment(name, { role: role.name, policyArn }, { parent: this });
        this.arn = after(role.arn, [attachment]);
        this.registerOutputs({ arn: this.arn });
    }
}

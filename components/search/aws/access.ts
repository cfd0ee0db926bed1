import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import { apiPort } from "../managed/types";

/** Arguments of {@link DomainAccess}. */
export interface DomainAccessArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Security group of the cluster's nodes and pods. */
    readonly clients: pulumi.Input<string>;
}

/** Who reaches a domain: the cluster's nodes and pods only (D9). */
export class DomainAccess extends pulumi.ComponentResource {
    /** Resolves when its rule exists. */
    public readonly securityGroupId: pulumi.Output<string>;

    constructor(name: string, args: DomainAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:DomainAccess", name, {}, opts);
        const { vpcId, clients } = args;
        const child = { parent: this };
        const group = new ec2.SecurityGroup(
            name,
            // No rule for outgoing connections: a server opens none.
            { description: "Nodes and pods of the cluster to OpenSearch", vpcId },
            child,
        );
        const rule = new vpc.SecurityGroupIngressRule(
            name,
            {
                securityGroupId: group.id,
                ipProtocol: "tcp",
                fromPort: apiPort,
                toPort: apiPort,
                // Not the VPC's range: what else is in it has no business with the index.
                referencedSecurityGroupId: clients,
            },
            child,
        );
        this.securityGroupId = after(group.id, [rule]);
        this.registerOutputs({ securityGroupId: this.securityGroupId });
    }
}

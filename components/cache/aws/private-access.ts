import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import type { Network } from "../../network/types";
import { ports } from "../instances";

/** Arguments of {@link ElastiCacheAccess}. */
export interface ElastiCacheAccessArgs {
    readonly network: Pick<Network, "managedServices" | "nodeSubnetIds">;
    /** Security group of nodes and pods. */
    readonly callers: pulumi.Input<string>;
}

/** Where ElastiCache's nodes are, and who reaches them: private subnets, and the cluster's nodes and pods only (D9). */
export class ElastiCacheAccess extends pulumi.ComponentResource {
    public readonly subnetGroupName: pulumi.Output<string>;
    /** Resolves when its rule exists. */
    public readonly securityGroupId: pulumi.Output<string>;

    constructor(name: string, args: ElastiCacheAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ElastiCacheAccess", name, {}, opts);
        const { network, callers } = args;
        const child = { parent: this };
        const subnets = new elasticache.SubnetGroup(
            name,
            { description: "Private subnets of the nodes", subnetIds: [...network.nodeSubnetIds] },
            child,
        );
        const group = new ec2.SecurityGroup(
            name,
            { description: "Nodes and pods of the cluster to Valkey", vpcId: network.managedServices },
            child,
        );
        const rule = new vpc.SecurityGroupIngressRule(
            name,
            {
                securityGroupId: group.id,
                ipProtocol: "tcp",
                fromPort: ports.valkey,
                toPort: ports.valkey,
                // Not the VPC's range: what else is in it has no business with the caches.
                referencedSecurityGroupId: callers,
            },
            child,
        );
        this.subnetGroupName = subnets.name;
        this.securityGroupId = after(group.id, [rule]);
        this.registerOutputs({ subnetGroupName: this.subnetGroupName, securityGroupId: this.securityGroupId });
    }
}

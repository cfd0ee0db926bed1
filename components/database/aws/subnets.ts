import * as ec2 from "@pulumi/aws/ec2";
import * as rds from "@pulumi/aws/rds";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import { isZoneId } from "../../../config/zones";
import type { LayerConfig } from "../layer-config";
import { port } from "../names";
import { databaseSubnets } from "./range";

/** Arguments of {@link DatabaseSubnets}. */
export interface DatabaseSubnetsArgs {
    readonly config: Pick<LayerConfig, "network" | "zones">;
    readonly vpcId: pulumi.Input<string>;
    /** Security group of the cluster's nodes and pods. */
    readonly clients: pulumi.Input<string>;
}

/** Private subnets of the database's own, and who may reach the instances in them (D9, D11). */
export class DatabaseSubnets extends pulumi.ComponentResource {
    public readonly groupName: pulumi.Output<string>;
    /** Names of the zones, in the stack's order. */
    public readonly zoneNames: readonly pulumi.Output<string>[];
    /** Resolves when it admits the clients. */
    public readonly securityGroupId: pulumi.Output<string>;

    constructor(name: string, args: DatabaseSubnetsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:DatabaseSubnets", name, {}, opts);
        const { config, vpcId, clients } = args;
        const child = { parent: this };
        const ranges = databaseSubnets(config.network.nodes);
        // Without a route out of the VPC: the instances call nothing.
        const table = new ec2.RouteTable(name, { vpcId, tags: { Name: name } }, child);
        const subnets = config.zones.map((zone, index) => {
            const subnet = new ec2.Subnet(
                `${name}-${zone}`,
                {
                    vpcId,
                    ...(isZoneId(zone) ? { availabilityZoneId: zone } : { availabilityZone: zone }),
                    cidrBlock: ranges[index] ?? "",
                    mapPublicIpOnLaunch: false,
                    tags: { Name: `${name}-${zone}` },
                },
                child,
            );
            new ec2.RouteTableAssociation(`${name}-${zone}`, { subnetId: subnet.id, routeTableId: table.id }, child);
            return subnet;
        });
        const group = new rds.SubnetGroup(
            name,
            { description: "Subnets of the database", subnetIds: subnets.map(({ id }) => id) },
            child,
        );
        const security = new ec2.SecurityGroup(
            name,
            // No rule for outgoing connections: a server opens none.
            { description: "Clients of the database", vpcId, tags: { Name: name } },
            child,
        );
        new vpc.SecurityGroupIngressRule(
            name,
            {
                securityGroupId: security.id,
                description: "Nodes and pods of the cluster",
                ipProtocol: "tcp",
                fromPort: port,
                toPort: port,
                // The group that EKS gives to nodes, whose address pods share; not the VPC's range (D9).
                referencedSecurityGroupId: clients,
            },
            child,
        );
        this.groupName = group.name;
        // RDS accepts a zone by its name only, and the stack may give ids.
        this.zoneNames = subnets.map(({ availabilityZone }) => availabilityZone);
        this.securityGroupId = security.id;
        this.registerOutputs({ groupName: this.groupName, securityGroupId: this.securityGroupId });
    }
}

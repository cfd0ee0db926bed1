import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { InterfaceEndpoints } from "./interface-endpoints";
import { FlowLogs } from "./flow-logs";
import { subnetRanges } from "./subnets";
import type { Network } from "../types";

/** What an {@link AwsNetwork} needs to know. */
export interface AwsNetworkArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "zones" | "network">;
}

/** A VPC with a public and a private subnet in each of three zones; nodes live in the private ones (CL-02). */
export class AwsNetwork extends pulumi.ComponentResource implements Network {
    public readonly id: pulumi.Output<string>;
    public readonly nodeSubnetIds: readonly pulumi.Output<string>[];
    public readonly managedServices: pulumi.Output<string>;
    public readonly podRange = undefined;
    public readonly serviceRange = undefined;

    constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:AwsNetwork", name, {}, opts);
        const { account, region, zones, network } = args.config;
        const ranges = subnetRanges(network.nodes);
        const child = { parent: this };
        const tags = (role: string): Record<string, string> => ({ Name: `${name}-${role}` });

        const vpc = new ec2.Vpc(
            name,
            // EKS resolves its private endpoint through the VPC's own DNS.
            { cidrBlock: network.nodes, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
            child,
        );
        // The group that a resource gets when nobody chose one: it lets nothing in and nothing out (D9).
        new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, child);
        const internet = new ec2.InternetGateway(`${name}-internet`, { vpcId: vpc.id, tags: tags("internet") }, child);
        const publicTable = new ec2.RouteTable(`${name}-public`, { vpcId: vpc.id, tags: tags("public") }, child);
        const outward = new ec2.Route(
            `${name}-public-internet`,
            { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
            child,
        );

        const gateways: ec2.NatGateway[] = [];
        const nodeSubnetIds: pulumi.Output<string>[] = [];
        const privateSubnets: ec2.Subnet[] = [];
        const privateTables: ec2.RouteTable[] = [];
        for (const [index, zone] of zones.entries()) {
            const open = new ec2.Subnet(
                `${name}-public-${zone}`,
                {
                    vpcId: vpc.id,
                    availabilityZone: zone,
                    cidrBlock: ranges.public[index] ?? "",
                    // Only load balancers and NAT gateways live here, and they bring their own addresses (E10).
                    mapPublicIpOnLaunch: false,
                    tags: { ...tags(`public-${zone}`), "kubernetes.io/role/elb": "1" },
                },
                child,
            );
            const closed = new ec2.Subnet(
                `${name}-private-${zone}`,
                {
                    vpcId: vpc.id,
                    availabilityZone: zone,
                    cidrBlock: ranges.private[index] ?? "",
                    mapPublicIpOnLaunch: false,
                    tags: { ...tags(`private-${zone}`), "kubernetes.io/role/internal-elb": "1" },
                },
                child,
            );
            if (index === 0 || network.natPerZone) {
                const address = new ec2.Eip(`${name}-nat-${zone}`, { domain: "vpc", tags: tags(`nat-${zone}`) }, child);
                const gateway = new ec2.NatGateway(
                    `${name}-nat-${zone}`,
                    { allocationId: address.allocationId, subnetId: open.id, tags: tags(`nat-${zone}`) },
                    // A gateway made before its subnet has a way out never becomes available.
                    { ...child, dependsOn: [outward] },
                );
                gateways.push(gateway);
            }
            // A table a zone from the start: going from one gateway to three changes a route, not a subnet.
            const table = new ec2.RouteTable(
                `${name}-private-${zone}`,
                { vpcId: vpc.id, tags: tags(`private-${zone}`) },
                child,
            );
            const wayOut = gateways
                .slice(-1)
                .map(
                    (gateway) =>
                        new ec2.Route(
                            `${name}-private-${zone}-nat`,
                            { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
                            child,
                        ),
                );
            const attached = { subnetId: open.id, routeTableId: publicTable.id };
            new ec2.RouteTableAssociation(`${name}-public-${zone}`, attached, child);
            const routed = { subnetId: closed.id, routeTableId: table.id };
            const association = new ec2.RouteTableAssociation(`${name}-private-${zone}`, routed, child);
            // Not before there is a way out: the first thing that a node does is to fetch images.
            nodeSubnetIds.push(after(closed.id, [association, ...wayOut]));
            privateSubnets.push(closed);
            privateTables.push(table);
        }
        new ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: vpc.id,
                serviceName: `com.amazonaws.${region}.s3`,
                vpcEndpointType: "Gateway",
                // Image layers come from S3: free this way, paid by the gigabyte through a NAT gateway.
                routeTableIds: privateTables.map((table) => table.id),
                tags: tags("s3"),
            },
            child,
        );
        if (network.interfaceEndpoints) {
            const subnetIds = privateSubnets.map((subnet) => subnet.id);
            const where = { vpcId: vpc.id, region, range: network.nodes, subnetIds };
            new InterfaceEndpoints(`${name}-endpoints`, { ...where, tags }, child);
        }
        new FlowLogs(`${name}-flow-logs`, { vpcId: vpc.id, account, region }, child);

        this.id = vpc.id;
        this.nodeSubnetIds = nodeSubnetIds;
        // Managed databases live in the private subnets: there is nothing to peer.
        this.managedServices = vpc.id;
        this.registerOutputs({
            id: this.id,
            nodeSubnetIds: this.nodeSubnetIds,
            managedServices: this.managedServices,
        });
    }
}

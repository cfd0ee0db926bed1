import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { isZoneId } from "../../../config/zones";
import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { roleSettings } from "../../common/aws/roles";
import { InterfaceEndpoints } from "./interface-endpoints";
import { FlowLogs } from "./flow-logs";
import { subnetRanges } from "./subnets";
import { type RoutedSubnet, TransitGatewayConnection } from "./transit-gateway";
import type { Network } from "../types";

/** Arguments of {@link AwsNetwork}. */
export interface AwsNetworkArgs {
    readonly config: Pick<
        LayerConfig,
        "account" | "connection" | "data" | "network" | "permissionsBoundary" | "region" | "stack" | "zones"
    >;
}

/** Zone of a subnet. */
function inZone(zone: string) {
    return isZoneId(zone) ? { availabilityZoneId: zone } : { availabilityZone: zone };
}

/** A VPC with a public and a private subnet in each of three zones; nodes are in the private ones (CL-02). */
export class AwsNetwork extends pulumi.ComponentResource implements Network {
    public readonly id: pulumi.Output<string>;
    public readonly nodeSubnetIds: readonly pulumi.Output<string>[];
    public readonly managedServices: pulumi.Output<string>;
    public readonly wayIn: readonly pulumi.Resource[];
    public readonly podRange = undefined;
    public readonly serviceRange = undefined;

    constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:AwsNetwork", name, {}, opts);
        const { account, region, zones, network, connection, data } = args.config;
        const ranges = subnetRanges(network.nodes);
        const child = { parent: this };
        const tags = (role: string): Record<string, string> => ({ Name: `${name}-${role}` });

        const vpc = new ec2.Vpc(
            name,
            // EKS' private endpoint is resolved by the VPC's DNS.
            { cidrBlock: network.nodes, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: name } },
            child,
        );
        // The default security group, which resources without an explicit one get, allows no traffic (D9).
        new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, child);
        const internet = new ec2.InternetGateway(`${name}-internet`, { vpcId: vpc.id, tags: tags("internet") }, child);
        const publicTable = new ec2.RouteTable(`${name}-public`, { vpcId: vpc.id, tags: tags("public") }, child);
        const internetRoute = new ec2.Route(
            `${name}-public-internet`,
            { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id },
            child,
        );

        const gateways: ec2.NatGateway[] = [];
        const nodeSubnetIds: pulumi.Output<string>[] = [];
        const privateSubnets: ec2.Subnet[] = [];
        const privateTables: ec2.RouteTable[] = [];
        const routedSubnets: RoutedSubnet[] = [];
        for (const [index, zone] of zones.entries()) {
            const publicSubnet = new ec2.Subnet(
                `${name}-public-${zone}`,
                {
                    vpcId: vpc.id,
                    ...inZone(zone),
                    cidrBlock: ranges.public[index] ?? "",
                    // For load balancers and NAT gateways only, which bring their own addresses (E10).
                    mapPublicIpOnLaunch: false,
                    tags: { ...tags(`public-${zone}`), "kubernetes.io/role/elb": "1" },
                },
                child,
            );
            const privateSubnet = new ec2.Subnet(
                `${name}-private-${zone}`,
                {
                    vpcId: vpc.id,
                    ...inZone(zone),
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
                    { allocationId: address.allocationId, subnetId: publicSubnet.id, tags: tags(`nat-${zone}`) },
                    // A NAT gateway that is created before its subnet has an internet route never becomes available.
                    { ...child, dependsOn: [internetRoute] },
                );
                gateways.push(gateway);
            }
            // One route table per zone in every tier: going from one gateway to three changes routes, not subnets.
            const table = new ec2.RouteTable(
                `${name}-private-${zone}`,
                { vpcId: vpc.id, tags: tags(`private-${zone}`) },
                child,
            );
            const natRoutes = gateways
                .slice(-1)
                .map(
                    (gateway) =>
                        new ec2.Route(
                            `${name}-private-${zone}-nat`,
                            { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
                            child,
                        ),
                );
            const attached = { subnetId: publicSubnet.id, routeTableId: publicTable.id };
            new ec2.RouteTableAssociation(`${name}-public-${zone}`, attached, child);
            const routed = { subnetId: privateSubnet.id, routeTableId: table.id };
            const association = new ec2.RouteTableAssociation(`${name}-private-${zone}`, routed, child);
            // Resolves when the NAT route exists: nodes pull images at once.
            nodeSubnetIds.push(after(privateSubnet.id, [association, ...natRoutes]));
            privateSubnets.push(privateSubnet);
            privateTables.push(table);
            routedSubnets.push({ zone, subnetId: privateSubnet.id, tableId: table.id });
        }
        new ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: vpc.id,
                serviceName: `com.amazonaws.${region}.s3`,
                vpcEndpointType: "Gateway",
                // Image layers come from S3: free through a gateway endpoint, billed by gigabyte through NAT.
                routeTableIds: privateTables.map((table) => table.id),
                tags: tags("s3"),
            },
            child,
        );
        if (network.interfaceEndpoints) {
            const subnetIds = privateSubnets.map((subnet) => subnet.id);
            const location = { vpcId: vpc.id, region, range: network.nodes, subnetIds };
            new InterfaceEndpoints(`${name}-endpoints`, { ...location, tags }, child);
        }
        const routes =
            connection.transitGateway === undefined
                ? []
                : new TransitGatewayConnection(
                      `${name}-transit`,
                      {
                          vpcId: vpc.id,
                          transitGatewayId: connection.transitGateway,
                          networks: connection.networks,
                          subnets: routedSubnets,
                          tags: tags("transit"),
                      },
                      child,
                  ).routes;
        const { flowLogs } = network;
        new FlowLogs(
            `${name}-flow-logs`,
            { vpcId: vpc.id, account, region, role: roleSettings(args.config), keep: data.keepOnDestroy, flowLogs },
            child,
        );

        this.id = vpc.id;
        this.nodeSubnetIds = nodeSubnetIds;
        this.wayIn = routes;
        // Managed databases are in the private subnets: no peering is needed.
        this.managedServices = vpc.id;
        this.registerOutputs({
            id: this.id,
            nodeSubnetIds: this.nodeSubnetIds,
            managedServices: this.managedServices,
        });
    }
}

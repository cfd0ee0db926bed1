import * as ec2 from "@pulumi/aws/ec2";
import * as ec2transitgateway from "@pulumi/aws/ec2transitgateway";
import * as pulumi from "@pulumi/pulumi";

/** A private subnet and its route table. */
export interface RoutedSubnet {
    readonly zone: string;
    readonly subnetId: pulumi.Input<string>;
    readonly tableId: pulumi.Input<string>;
}

/** Arguments of {@link TransitGatewayConnection}. */
export interface TransitGatewayConnectionArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Of this account, or shared with it. */
    readonly transitGatewayId: string;
    /** Networks behind the transit gateway. */
    readonly networks: readonly string[];
    readonly subnets: readonly RoutedSubnet[];
    readonly tags: Record<string, string>;
}

/**
 * Attaches a VPC to a transit gateway, with routes to the networks behind it: the way to the private control plane. The
 * routes back belong to the transit gateway's owner.
 */
export class TransitGatewayConnection extends pulumi.ComponentResource {
    /** Id of the attachment; resolves when the routes exist. */
    public readonly attachment: pulumi.Output<string>;
    /** The routes, for what must be reachable. */
    public readonly routes: readonly ec2.Route[];

    constructor(name: string, args: TransitGatewayConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:TransitGatewayConnection", name, {}, opts);
        const child = { parent: this };
        const attachment = new ec2transitgateway.VpcAttachment(
            name,
            {
                vpcId: args.vpcId,
                transitGatewayId: args.transitGatewayId,
                // In each zone: a transit gateway reaches only zones with an attached subnet.
                subnetIds: args.subnets.map(({ subnetId }) => subnetId),
                tags: args.tags,
            },
            child,
        );
        this.routes = args.subnets.flatMap(({ zone, tableId }) =>
            args.networks.map(
                (destinationCidrBlock) =>
                    new ec2.Route(
                        `${name}-${zone}-${destinationCidrBlock.replace("/", "-")}`,
                        { routeTableId: tableId, destinationCidrBlock, transitGatewayId: args.transitGatewayId },
                        // A VPC without an attachment does not know the transit gateway.
                        { ...child, dependsOn: [attachment] },
                    ),
            ),
        );
        this.attachment = attachment.id;
        this.registerOutputs({ attachment: this.attachment });
    }
}

import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

/** AWS services that nodes need to start and run, and what for. */
export const nodeServices = {
    "ecr.api": "registry credentials for the images of EKS add-ons",
    "ecr.dkr": "pulling those images; their layers are in S3",
    sts: "roles of pods and nodes, by the regional endpoint",
    ec2: "pod addresses (VPC CNI) and volume attachments (EBS driver)",
    eks: "the control plane's address, before a node joins",
    "eks-auth": "pod credentials (Pod Identity agent)",
    logs: "network policy events and flow logs",
} as const;

/** Arguments of {@link InterfaceEndpoints}. */
export interface InterfaceEndpointsArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly region: string;
    /** Range of the VPC, which may use the endpoints. */
    readonly range: string;
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly tags: (role: string) => Record<string, string>;
}

/**
 * Interface endpoints for {@link nodeServices} in each zone: nodes start and pull images when NAT gateways fail, and the
 * traffic stays in AWS' network. Billed by hour and zone, so the tier decides.
 */
export class InterfaceEndpoints extends pulumi.ComponentResource {
    /** Ids by service. */
    public readonly ids: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: InterfaceEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:InterfaceEndpoints", name, {}, opts);
        const child = { parent: this };
        const group = new ec2.SecurityGroup(
            name,
            {
                description: "Who may use the endpoints of AWS services",
                vpcId: args.vpcId,
                tags: args.tags("endpoints"),
            },
            child,
        );
        new vpc.SecurityGroupIngressRule(
            name,
            // From the VPC, over TLS (D9).
            { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: args.range },
            child,
        );
        const endpoints = Object.keys(nodeServices).map((service): [string, pulumi.Output<string>] => {
            const endpoint = new ec2.VpcEndpoint(
                `${name}-${service.replace(".", "-")}`,
                {
                    vpcId: args.vpcId,
                    serviceName: `com.amazonaws.${args.region}.${service}`,
                    vpcEndpointType: "Interface",
                    subnetIds: [...args.subnetIds],
                    securityGroupIds: [group.id],
                    // The services' public names resolve to the endpoints: clients need no configuration.
                    privateDnsEnabled: true,
                    tags: args.tags(service),
                },
                child,
            );
            return [service, endpoint.id];
        });
        this.ids = pulumi.all(Object.fromEntries(endpoints));
        this.registerOutputs({ ids: this.ids });
    }
}

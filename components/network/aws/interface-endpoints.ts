import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

/** What a node needs of AWS from its first second on, and what stops without it. */
export const nodeServices = {
    "ecr.api": "the kubelet asks for a password to pull the images of EKS' own add-ons",
    "ecr.dkr": "it pulls them; their layers come from S3",
    sts: "roles of pods and nodes are taken on at the region's own STS",
    ec2: "the network add-on gives pods their addresses, the disk driver attaches volumes",
    eks: "a node asks where its control plane is before it joins",
    "eks-auth": "the agent on each node exchanges pods' tokens for credentials (Pod Identity)",
    logs: "network policy decisions and flow logs are written",
} as const;

/** What {@link InterfaceEndpoints} are put into. */
export interface InterfaceEndpointsArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly region: string;
    /** Range of the VPC: who may use the endpoints. */
    readonly range: string;
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly tags: (role: string) => Record<string, string>;
}

/**
 * Private ways to the services of {@link nodeServices}, in each zone: nodes start and pull images whatever becomes of the
 * NAT gateways, and none of it crosses the internet. Paid by the hour and zone, so the tier decides.
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
            // From inside the VPC, over TLS, and nothing else (D9).
            { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: args.range },
            child,
        );
        const made = Object.keys(nodeServices).map((service): [string, pulumi.Output<string>] => {
            const endpoint = new ec2.VpcEndpoint(
                `${name}-${service.replace(".", "-")}`,
                {
                    vpcId: args.vpcId,
                    serviceName: `com.amazonaws.${args.region}.${service}`,
                    vpcEndpointType: "Interface",
                    subnetIds: [...args.subnetIds],
                    securityGroupIds: [group.id],
                    // The services' public names lead here: nothing has to be told of the endpoints.
                    privateDnsEnabled: true,
                    tags: args.tags(service),
                },
                child,
            );
            return [service, endpoint.id];
        });
        this.ids = pulumi.all(Object.fromEntries(made));
        this.registerOutputs({ ids: this.ids });
    }
}

import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import type { Network } from "../../network/types";

/** Security group of the control plane's private endpoint: the listed networks reach it, over TLS (E1, D9). */
export function controlPlaneSecurityGroup(
    name: string,
    config: LayerConfig,
    network: Network,
    child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const group = new ec2.SecurityGroup(
        `${name}-endpoint`,
        { description: "Networks that may reach the control plane from inside", vpcId: network.id },
        child,
    );
    for (const cidrIpv4 of config.cluster.authorizedNetworks) {
        new vpc.SecurityGroupIngressRule(
            `${name}-endpoint-${cidrIpv4.replace("/", "-")}`,
            { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 },
            child,
        );
    }
    return group.id;
}

/** Where the control plane answers, by tier (E1). */
export function endpoints(config: LayerConfig) {
    const { authorizedNetworks, privateEndpoint } = config.cluster;
    // Without a list AWS would open the public side to the whole internet: no list, no public side.
    const open = !privateEndpoint && authorizedNetworks.length > 0;
    return {
        // Nodes never leave the VPC to reach their control plane.
        endpointPrivateAccess: true,
        endpointPublicAccess: open,
        ...(open ? { publicAccessCidrs: [...authorizedNetworks] } : {}),
    };
}

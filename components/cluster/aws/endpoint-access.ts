import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import type { Network } from "../../network/types";

/**
 * Security group of the control plane's private endpoint: allows the listed networks and those behind the transit gateway,
 * over TLS (E1, D9). Its id does not wait for the rules: a new rule would make the cluster, and so every object, unknown.
 */
export function controlPlaneSecurityGroup(
    name: string,
    config: LayerConfig,
    network: Network,
    child: pulumi.CustomResourceOptions,
): { readonly id: pulumi.Output<string>; readonly rules: readonly pulumi.Resource[] } {
    const group = new ec2.SecurityGroup(
        `${name}-endpoint`,
        { description: "Networks that may reach the control plane from inside", vpcId: network.id },
        child,
    );
    const networks = new Set([...config.cluster.authorizedNetworks, ...config.connection.networks]);
    const rules = [...networks].map(
        (cidrIpv4) =>
            new vpc.SecurityGroupIngressRule(
                `${name}-endpoint-${cidrIpv4.replace("/", "-")}`,
                { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 },
                child,
            ),
    );
    return { id: group.id, rules };
}

/** Private and public access to the control plane's endpoint (E1). */
export function endpoints(config: LayerConfig) {
    const { authorizedNetworks, privateEndpoint } = config.cluster;
    // Without a list AWS would allow 0.0.0.0/0: no list, no public endpoint.
    const publicAccess = !privateEndpoint && authorizedNetworks.length > 0;
    return {
        // Nodes reach the control plane inside the VPC.
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccess,
        ...(publicAccess ? { publicAccessCidrs: [...authorizedNetworks] } : {}),
    };
}

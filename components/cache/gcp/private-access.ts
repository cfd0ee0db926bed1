import * as networkconnectivity from "@pulumi/gcp/networkconnectivity";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";
import type { Network } from "../../network/types";
import type { LayerConfig } from "../layer-config";

/** Arguments of {@link PrivateAccess}. */
export interface PrivateAccessArgs {
    readonly config: Pick<LayerConfig, "account" | "region">;
    readonly network: Pick<Network, "id" | "nodeSubnetIds">;
}

/**
 * Allows Memorystore to create private endpoints in the subnetwork of the nodes. Memorystore for Valkey uses Private Service
 * Connect, not the peering that Cloud SQL uses. One policy a network and region.
 * https://docs.cloud.google.com/memorystore/docs/valkey/networking
 */
export class PrivateAccess extends pulumi.ComponentResource {
    /** Id of the VPC; resolves when instances can be created in it. */
    public readonly vpcId: pulumi.Output<string>;

    constructor(name: string, args: PrivateAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:PrivateAccess", name, {}, opts);
        const { config, network } = args;
        const policy = new networkconnectivity.ServiceConnectionPolicy(
            name,
            {
                project: config.account,
                location: config.region,
                network: network.id,
                serviceClass: "gcp-memorystore",
                pscConfig: { subnetworks: [...network.nodeSubnetIds] },
            },
            { parent: this },
        );
        this.vpcId = after(network.id, [policy]);
        this.registerOutputs({ vpcId: this.vpcId });
    }
}

import * as compute from "@pulumi/gcp/compute";
import * as servicenetworking from "@pulumi/gcp/servicenetworking";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";

/** Arguments of {@link ManagedServices}. */
export interface ManagedServicesArgs {
    readonly project: string;
    readonly vpcId: pulumi.Input<string>;
    /** Range for the services' addresses, as a CIDR block. */
    readonly range: string;
}

/** Private services access: Cloud SQL and Memorystore get private addresses of a reserved range (D4, D11). */
export class ManagedServices extends pulumi.ComponentResource {
    /** Id of the VPC; resolves when it is peered. */
    public readonly vpcId: pulumi.Output<string>;

    constructor(name: string, args: ManagedServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:ManagedServices", name, {}, opts);
        const child = { parent: this };
        const [address = "", prefix] = args.range.split("/");
        const range = new compute.GlobalAddress(
            name,
            {
                project: args.project,
                purpose: "VPC_PEERING",
                addressType: "INTERNAL",
                network: args.vpcId,
                // Explicit: Google would allocate any free block, possibly one that a later subnetwork needs.
                address,
                prefixLength: Number(prefix),
            },
            child,
        );
        const connection = new servicenetworking.Connection(
            name,
            {
                network: args.vpcId,
                service: "servicenetworking.googleapis.com",
                reservedPeeringRanges: [range.name],
                // Deleted with the stack: an abandoned connection leaves its peering, which prevents the VPC's deletion
                // (https://github.com/GoogleCloudPlatform/magic-modules/pull/18476). No service of the stack uses it yet.
            },
            child,
        );
        this.vpcId = after(args.vpcId, [connection]);
        this.registerOutputs({ vpcId: this.vpcId });
    }
}

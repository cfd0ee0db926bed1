import * as compute from "@pulumi/gcp/compute";
import * as servicenetworking from "@pulumi/gcp/servicenetworking";
import * as pulumi from "@pulumi/pulumi";

import { after } from "../../common/after";

/** What {@link ManagedServices} are let into. */
export interface ManagedServicesArgs {
    readonly project: string;
    readonly vpcId: pulumi.Input<string>;
    /** Addresses that are theirs, as a CIDR block. */
    readonly range: string;
}

/** Private service access: Cloud SQL and Memorystore get addresses of a range of ours and need no public one (D4, D11). */
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
                // Chosen by us: Google would take any free block, the next subnetwork's among them.
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
                // Google refuses to end it for days after the last database is gone; it ends with the VPC.
                deletionPolicy: "ABANDON",
            },
            child,
        );
        this.vpcId = after(args.vpcId, [connection]);
        this.registerOutputs({ vpcId: this.vpcId });
    }
}

import type * as pulumi from "@pulumi/pulumi";

/** The interface of the nodes layer: additional nodes for pending pods (CL-03, CL-11). */
export interface Nodes {
    /** Names of the pools that a controller adds nodes to; resolve when they exist. Empty where the cloud adds nodes. */
    readonly pools: pulumi.Output<readonly string[]>;
}

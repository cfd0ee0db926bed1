import type * as pulumi from "@pulumi/pulumi";

/** What the nodes layer promises: nodes beyond the fixed ones, as pods need them (CL-03, CL-11). */
export interface Nodes {
    /** Names of the pools that a controller adds nodes to; resolve when it knows them. Empty where the cloud does it itself. */
    readonly pools: pulumi.Output<readonly string[]>;
}

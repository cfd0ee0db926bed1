import type * as pulumi from "@pulumi/pulumi";

/** What the delivery layer promises: what is in Git is what runs (CD-01). */
export interface Delivery {
    /** Name of the Argo CD application that all others hang from. */
    readonly rootApplication: pulumi.Output<string>;
}

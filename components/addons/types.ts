import type * as pulumi from "@pulumi/pulumi";

/** What charts of this layer have to be told of the cluster that they run in. */
export interface AddonSite {
    readonly clusterName: pulumi.Input<string>;
    /** Undefined for an existing cluster, whose network is not known. */
    readonly vpcId: pulumi.Input<string> | undefined;
}

/** What the add-on layer promises: controllers that are ready and whose custom resources are served. */
export interface Addons {
    /** Namespace of each release; resolves when its controller is ready. */
    readonly releases: Readonly<Record<string, pulumi.Output<string>>>;
    /** For `dependsOn` of what is made of one add-on's kinds, by release. */
    readonly ready: Readonly<Record<string, pulumi.Resource>>;
    /** What a chart in a namespace of ours waits for: its priority class. */
    readonly priority: pulumi.Resource;
}

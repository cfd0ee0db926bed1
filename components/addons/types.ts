import type * as pulumi from "@pulumi/pulumi";

/** Properties of the cluster in the charts' values. */
export interface AddonSite {
    readonly clusterName: pulumi.Input<string>;
    /** Undefined for an existing cluster, whose network is not known. */
    readonly vpcId: pulumi.Input<string> | undefined;
}

/** The interface of the add-on layer: controllers that are ready and whose custom resources are served. */
export interface Addons {
    /** Namespace of each release; resolves when its controller is ready. */
    readonly releases: Readonly<Record<string, pulumi.Output<string>>>;
    /** The releases by name, for `dependsOn` of their custom resources. */
    readonly ready: Readonly<Record<string, pulumi.Resource>>;
    /** The priority class of add-ons, which other charts depend on. */
    readonly priority: pulumi.Resource;
}

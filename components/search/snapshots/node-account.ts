import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../../cluster/types";
import { annotated, labels } from "../../common/labels";
import type { ObjectStore } from "../../common/object-store";
import { cloudIdentity } from "../../identity";
import { folderPermissions } from "../../identity/folder";
import type { LayerConfig } from "../layer-config";
import { searchNamespace } from "../types";
import { folder, nodesAccount } from "./names";

/** Arguments of {@link NodeAccount}. */
export interface NodeAccountArgs {
    readonly config: LayerConfig;
    readonly cluster: Cluster;
    readonly namespace: pulumi.Input<string>;
    readonly bucket: ObjectStore;
}

/** The service account of Elasticsearch's nodes, with the rights on their folder of the bucket and no key (BK-06, SC-07). */
export class NodeAccount extends pulumi.ComponentResource {
    /** Dependencies of the nodes. */
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: NodeAccountArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:NodeAccount", name, {}, opts);
        const { config, cluster, namespace, bucket } = args;
        const identity = cloudIdentity(
            name,
            {
                config,
                cluster,
                namespace: searchNamespace,
                serviceAccount: nodesAccount,
                permissions: folderPermissions(bucket, folder, "write", config),
            },
            { parent: this },
        );
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            {
                metadata: {
                    name: nodesAccount,
                    namespace,
                    labels: labels(nodesAccount, "search"),
                    ...annotated(identity.accountAnnotations),
                },
                // The nodes do not call the Kubernetes API.
                automountServiceAccountToken: false,
            },
            { parent: this },
        );
        this.ready = [account, ...identity.granted];
        this.registerOutputs({});
    }
}

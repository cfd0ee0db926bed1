import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Elasticsearch } from "../../custom-resources/types/elasticsearch.k8s.elastic.co/Elasticsearch";
import { InternalCertificate, type IssuerRef, serviceNames } from "../common/certificate";
import { labels } from "../common/labels";
import { elasticsearchSpec } from "./elasticsearch-spec";
import type { LayerConfig } from "./layer-config";
import type { SnapshotAccess } from "./snapshots/access";
import { clusterName, httpCertificate, searchEndpoint, searchNamespace } from "./types";

/** Arguments of {@link SearchCluster}. */
export interface SearchClusterArgs {
    readonly config: LayerConfig;
    /** Namespace; resolves when the network policies of the pods exist. */
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    readonly storageClass: string;
    /** Names of the Secrets with users and roles. */
    readonly users: pulumi.Input<string>;
    readonly roles: pulumi.Input<string>;
    /** How the nodes reach the bucket; undefined without one. */
    readonly snapshots: SnapshotAccess | undefined;
    /** The operator, and the nodes' account. */
    readonly needs: readonly pulumi.Resource[];
}

/** Elasticsearch for the product search (SE-01): nodes over the zones, and the certificate of its API. */
export class SearchCluster extends pulumi.ComponentResource {
    /** Name of the cluster; resolves when it answers. */
    public readonly elasticsearchName: pulumi.Output<string>;

    constructor(name: string, args: SearchClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:SearchCluster", name, {}, opts);
        const { config, namespace, storageClass, users, roles, snapshots } = args;
        const child = { parent: this };
        const { service } = searchEndpoint;
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: httpCertificate,
                namespace,
                component: "search",
                issuer: args.issuer,
                usage: "server",
                commonName: service,
                // The second Service is the operator's.
                dnsNames: [service, `${clusterName}-es-internal-http`].flatMap((one) =>
                    serviceNames(one, searchNamespace),
                ),
            },
            child,
        ).secretName;
        const cluster = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "elasticsearch.k8s.elastic.co/v1",
                kind: "Elasticsearch",
                metadata: {
                    name: clusterName,
                    namespace,
                    labels: labels(`${clusterName}-es`, "search"),
                    // It has no condition `Ready`: its phase is that when the cluster is healthy.
                    annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Ready" },
                },
                spec: elasticsearchSpec(config, storageClass, { certificate, users, roles }, snapshots),
            } satisfies Inputs<Elasticsearch>,
            { ...child, dependsOn: [...args.needs], customTimeouts: { create: "30m", update: "60m" } },
        );
        this.elasticsearchName = cluster.metadata.name;
        this.registerOutputs({ elasticsearchName: this.elasticsearchName });
    }
}

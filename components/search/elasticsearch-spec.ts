import type * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Elasticsearch } from "../../custom-resources/types/elasticsearch.k8s.elastic.co/Elasticsearch";
import { operatorPodPlacement } from "../common/operator-pods";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import { chartPriorityClass } from "../helm";
import { nodeResources } from "./declare";
import { elasticsearchVersion, nodeImage } from "./images";
import type { LayerConfig } from "./layer-config";
import type { SnapshotAccess } from "./snapshots/access";
import { nodesAccount } from "./snapshots/names";
import { nodeLabels, searchNamespace } from "./types";

/** Names of the Secrets that the cluster reads. */
export interface SearchSecrets {
    readonly certificate: pulumi.Input<string>;
    readonly users: pulumi.Input<string>;
    readonly roles: pulumi.Input<string>;
}

/** User and group of Elasticsearch's image, which own its files. */
const elasticsearchUser = 1000;

/** A quantity such as `2Gi` as Java's `2g`. */
function javaSize(size: string): string {
    return size.replace("Gi", "g").replace("Mi", "m");
}

/** Nodes are placed by pool, zone and host. */
function placement(config: LayerConfig) {
    return {
        // In place of the operator's own, which only prefers other hosts.
        affinity: {},
        ...operatorPodPlacement(config, searchNamespace, nodeLabels),
        // Above the services, which cannot work without it.
        priorityClassName: chartPriorityClass,
    };
}

/** A list under its key; nothing without items: the operator's own come to it. */
function present<Key extends string, Item>(key: Key, items: readonly Item[] = []): Partial<Record<Key, Item[]>> {
    return items.length === 0 ? {} : ({ [key]: [...items] } as Record<Key, Item[]>);
}

/** The resource of the cluster. */
export function elasticsearchSpec(
    config: LayerConfig,
    storageClass: string,
    secrets: SearchSecrets,
    snapshots: SnapshotAccess | undefined,
): NonNullable<Inputs<Elasticsearch>["spec"]> {
    const { search } = config;
    const { requests, limits } = nodeResources(config);
    const heap = javaSize(search.heap);
    const podSecurity = { runAsUser: elasticsearchUser, runAsGroup: elasticsearchUser, fsGroup: elasticsearchUser };
    return {
        version: elasticsearchVersion,
        image: nodeImage(config.images),
        auth: {
            // No user may do everything; the operator has one of its own.
            disableElasticUser: true,
            fileRealm: [{ secretName: secrets.users }],
            roles: [{ secretName: secrets.roles }],
        },
        http: { tls: { certificate: { secretName: secrets.certificate } } },
        // Volumes outlive the cluster's resource; those of nodes that a smaller cluster does not have are empty.
        volumeClaimDeletePolicy: "DeleteOnScaledownOnly",
        updateStrategy: { changeBudget: { maxUnavailable: 1, maxSurge: 0 } },
        nodeSets: [
            {
                name: "default",
                count: search.nodes,
                config: {
                    // Memory maps need a kernel setting of the node, which only a privileged container can change.
                    "node.store.allow_mmap": false,
                    // Downloads nothing from the internet.
                    "ingest.geoip.downloader.enabled": false,
                    // Not used, and takes memory.
                    "xpack.ml.enabled": false,
                    ...snapshots?.settings,
                },
                // A primary and its replica are in different zones; nodes of a small cluster have no such label.
                ...(config.spread === "required" ? { zoneAwareness: {} } : {}),
                podTemplate: {
                    metadata: { labels: { ...nodeLabels } },
                    spec: {
                        // That of the rights on the bucket.
                        ...(snapshots === undefined ? {} : { serviceAccountName: nodesAccount }),
                        // Elasticsearch does not call the Kubernetes API.
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: { ...podSecurityContext(), ...podSecurity },
                        ...placement(config),
                        containers: [
                            {
                                name: "elasticsearch",
                                securityContext: containerSecurityContext(),
                                resources: { requests: { ...requests }, limits: { ...limits } },
                                // The same from the start: a heap that grows later can exceed the node's memory.
                                env: [
                                    { name: "ES_JAVA_OPTS", value: `-Xms${heap} -Xmx${heap}` },
                                    ...(snapshots?.env ?? []),
                                ],
                                ...present("volumeMounts", snapshots?.volumeMounts),
                            },
                        ],
                        ...present("volumes", snapshots?.volumes),
                    },
                },
                volumeClaimTemplates: [
                    {
                        metadata: { name: "elasticsearch-data" },
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            storageClassName: storageClass,
                            resources: { requests: { storage: `${search.volumeGiB}Gi` } },
                        },
                    },
                ],
            },
        ],
    };
}

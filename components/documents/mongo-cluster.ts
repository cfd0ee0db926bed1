import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { PerconaServerMongoDB } from "../../custom-resources/types/psmdb.percona.com/PerconaServerMongoDB";
import { InternalCertificate, type IssuerRef, serviceNames } from "../common/certificate";
import { annotated, labels } from "../common/labels";
import type { LayerConfig } from "./layer-config";
import { mongoSpec } from "./mongo-spec";
import type { MongoUser } from "./mongo-types";
import { clusterName, documentsEndpoint, documentsNamespace } from "./types";

/** Arguments of {@link MongoCluster}. */
export interface MongoClusterArgs {
    readonly config: LayerConfig;
    /** Namespace; resolves when the network policies of the pods exist. */
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    readonly storageClass: string;
    readonly users: readonly MongoUser[];
    /** Name of the bucket of backups; undefined where there are none. */
    readonly bucket: pulumi.Input<string> | undefined;
    /** Annotations of the members' ServiceAccount. */
    readonly accountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    /** The operator, and the permissions of the members. */
    readonly needs: readonly pulumi.Resource[];
}

/** MongoDB: one replica set over the zones, its certificate and its ServiceAccount (MG-01). */
export class MongoCluster extends pulumi.ComponentResource {
    /** Name of the cluster; resolves when it has a primary. */
    public readonly mongoName: pulumi.Output<string>;
    /** The operator's resource, created when the replica set has a primary. */
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: MongoClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:documents:MongoCluster", name, {}, opts);
        const { config, namespace, storageClass, users, bucket } = args;
        const child = { parent: this };
        const { service } = documentsEndpoint;
        const names = serviceNames(service, documentsNamespace);
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${clusterName}-tls`,
                namespace,
                component: "documents",
                issuer: args.issuer,
                // Each member is a server, and a client of the others.
                usage: "peer",
                commonName: service,
                // Members by the name of their pod; `localhost` is that of programs in the pod.
                dnsNames: [...names, ...names.map((one) => `*.${one}`), "localhost"],
            },
            child,
        ).secretName;
        const metadata = { name: clusterName, namespace, labels: labels(clusterName, "documents") };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            {
                metadata: { ...metadata, ...annotated(args.accountAnnotations) },
                // MongoDB does not call the Kubernetes API.
                automountServiceAccountToken: false,
            },
            child,
        );
        const cluster = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "psmdb.percona.com/v1",
                kind: "PerconaServerMongoDB",
                metadata: {
                    ...metadata,
                    // Its conditions are a history: the state is the present.
                    annotations: { "pulumi.com/waitFor": "jsonpath={.status.state}=ready" },
                },
                // A plain name of the account, which the policy on tokens checks in a preview.
                spec: mongoSpec(config, { storageClass, certificate, account: clusterName, users, bucket }),
            } satisfies Inputs<PerconaServerMongoDB>,
            {
                ...child,
                dependsOn: [account, ...args.needs],
                protect: config.cluster.deletionProtection,
                // Members join one after the other.
                customTimeouts: { create: "30m", update: "60m" },
            },
        );
        this.mongoName = cluster.metadata.name;
        this.resource = cluster;
        this.registerOutputs({ mongoName: this.mongoName });
    }
}

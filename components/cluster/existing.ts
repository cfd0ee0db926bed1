import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import type { LayerConfig } from "./layer-config";
import { kubernetesProvider } from "./kubeconfig";
import { existingReach } from "./reach";
import type { Cluster } from "./types";

/** What an {@link ExistingCluster} is reached with. */
export interface ExistingClusterArgs {
    readonly config: Pick<LayerConfig, "existing">;
}

/** What the endpoint is said to be where this program does not read it. */
export const machinesOwn = "as the machine's kubeconfig says";

interface Kubeconfig {
    readonly "current-context"?: string;
    readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
    readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
}

function refuse(problem: string): never {
    // The text holds credentials: the message never shows any of it.
    throw new Error(
        `existing.kubeconfig ${problem}; give a whole kubeconfig, such as kubectl config view --raw prints`,
    );
}

/** The control plane's address that a kubeconfig gives for a context; throws where it gives none. */
export function serverOf(text: string, context: string | undefined): string {
    let config: Kubeconfig | null;
    try {
        config = parse(text) as Kubeconfig | null;
    } catch {
        return refuse("is not YAML");
    }
    const wanted = context ?? config?.["current-context"];
    if (wanted === undefined || wanted === "") {
        return refuse("has no current-context, and existing.context names none");
    }
    const cluster = config?.contexts?.find((entry) => entry.name === wanted)?.context.cluster;
    const server = config?.clusters?.find((entry) => entry.name === cluster)?.cluster.server;
    return server ?? refuse(`has no context ${wanted} with a cluster and its server`);
}

/** A cluster that is somebody else's: kind, minikube, or one that another team runs. Makes no node and no network. */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach = existingReach();
    /** Nodes come with the cluster. */
    public readonly nodeIdentity = undefined;

    constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:ExistingCluster", name, {}, opts);
        const { kubeconfig, context } = args.config.existing;
        this.provider = kubernetesProvider(
            name,
            {
                ...(kubeconfig === undefined ? {} : { kubeconfig: pulumi.secret(kubeconfig) }),
                ...(context === undefined ? {} : { context }),
            },
            { parent: this },
        );
        this.name = pulumi.output(context ?? "existing");
        this.endpoint = pulumi.output(kubeconfig === undefined ? machinesOwn : serverOf(kubeconfig, context));
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

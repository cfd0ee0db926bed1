import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import type { LayerConfig } from "./layer-config";
import { kubernetesProvider } from "./kubeconfig";
import { existingReach } from "./reach";
import type { Cluster } from "./types";

/** Arguments of {@link ExistingCluster}. */
export interface ExistingClusterArgs {
    readonly config: Pick<LayerConfig, "existing">;
}

/** Value of the endpoint where the machine's default kubeconfig is used, which the program does not read. */
export const defaultKubeconfigEndpoint = "as the machine's kubeconfig says";

interface Kubeconfig {
    readonly "current-context"?: string;
    readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
    readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
}

function refuse(problem: string): never {
    // The text contains credentials: the message shows no part of it.
    throw new Error(
        `existing.kubeconfig ${problem}; give a whole kubeconfig, such as kubectl config view --raw prints`,
    );
}

/** The control plane's address in a kubeconfig's context; throws where it has none. */
export function serverOf(text: string, context: string | undefined): string {
    let config: Kubeconfig | null;
    try {
        config = parse(text) as Kubeconfig | null;
    } catch {
        return refuse("is not YAML");
    }
    const contextName = context ?? config?.["current-context"];
    if (contextName === undefined || contextName === "") {
        return refuse("has no current-context, and existing.context names none");
    }
    const cluster = config?.contexts?.find((entry) => entry.name === contextName)?.context.cluster;
    const server = config?.clusters?.find((entry) => entry.name === cluster)?.cluster.server;
    return server ?? refuse(`has no context ${contextName} with a cluster and its server`);
}

/** An existing cluster: kind, minikube, or one that another team operates. Creates no node and no network. */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach = existingReach();
    /** The nodes exist already. */
    public readonly nodeIdentity = undefined;

    constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:ExistingCluster", name, {}, opts);
        const { kubeconfig, context, identity } = args.config.existing;
        this.provider = kubernetesProvider(
            name,
            {
                ...(kubeconfig === undefined ? {} : { kubeconfig: pulumi.secret(kubeconfig) }),
                ...(context === undefined ? {} : { context }),
                // Neither address nor context: minikube's port changes with each start, and contexts are renamed.
                identity,
            },
            { parent: this },
        );
        this.name = pulumi.output(context ?? "existing");
        this.endpoint = pulumi.output(
            kubeconfig === undefined ? defaultKubeconfigEndpoint : serverOf(kubeconfig, context),
        );
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

import type { StoreEndpoints } from "../../catalog/stores";
import type { NamespaceName, PoolName } from "../../catalog/types";

/** CPU and memory of a pod, as Kubernetes quantities. */
export interface Resources {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
}

/** Pods of one namespace by their labels. */
export interface PodSelector {
    readonly namespace: NamespaceName;
    readonly labels: Readonly<Record<string, string>>;
}

/** Where connections to a group of pods come from; a NetworkPolicy's ingress rule each. */
export type Caller =
    /** The API server, on the port of an admission webhook or an aggregated API. */
    | { readonly webhook: number }
    /** Prometheus, on the port that serves metrics. */
    | { readonly metrics: number }
    | { readonly pods: PodSelector; readonly port: number }
    /** The workloads that the catalogue lets call this store, on the store's port. */
    | { readonly callersOf: string }
    /** Any address, on this port. */
    | { readonly anyAddress: number };

/** What a group of pods connects to; a NetworkPolicy's egress rules each. */
export type Destination =
    | "dns"
    /** The cluster's control plane. */
    | "api-server"
    /** The cloud's APIs and other HTTPS, and the address that hands a pod its cloud identity. */
    | "cloud"
    /** The kubelet of every node. */
    | "kubelets"
    | { readonly pods: PodSelector; readonly port: number }
    | { readonly store: string }
    /** Public addresses, on this port. */
    | { readonly internet: number };

/** How many pods of a group there are. */
export interface PodCount {
    /** At the baseline load. */
    readonly min: number;
    /** At the maximum load. */
    readonly max: number;
    /** Pods over {@link max} while an update replaces them. */
    readonly surge: number;
}

/**
 * Pods made from one template, whether by an object of ours, a chart or an operator. Quotas, capacity and the
 * NetworkPolicy of the pods follow from it (AS-11, NW-05).
 */
export interface PodGroup {
    /** Name of the NetworkPolicy; unique in the namespace. */
    readonly name: string;
    readonly namespace: NamespaceName | "kube-system";
    /** Labels that select these pods and no others. */
    readonly labels: Readonly<Record<string, string>>;
    /** `app.kubernetes.io/name` and `component` of the NetworkPolicy. */
    readonly app: { readonly name: string; readonly component: string };
    /** `object`: the plan holds their template; `controller`: a chart or an operator creates them. */
    readonly source: "object" | "controller";
    /** Node pool that they are placed in. */
    readonly pool: PoolName;
    readonly count: PodCount;
    /** They end: quotas hold them, standing capacity does not. @default false */
    readonly job?: boolean;
    /** Of each pod: the sum of its containers. */
    readonly resources: Resources;
    /** How strictly they are spread over zones and nodes (CL-13). */
    readonly spread: "required" | "preferred";
    readonly callers: readonly Caller[];
    readonly calls: readonly Destination[];
}

/** An image that a layer runs. */
export interface DeclaredImage {
    /** Full name with tag or digest, as its project publishes it. */
    readonly image: string;
    /** The stack names it itself: it is used as it stands, and no mirror has to hold it. @default false */
    readonly own?: boolean;
}

/** A Helm chart that a layer installs. */
export interface DeclaredChart {
    readonly name: string;
    readonly chart: string;
    /** `https://` of a chart repository, or the `oci://` folder that holds the chart. */
    readonly repo: string;
    readonly version: string;
    readonly namespace: NamespaceName | "kube-system";
}

/**
 * What a layer will run, as a pure function of the configuration. Composition folds the declarations of all layers into
 * the list of admitted images, quotas, capacity, network policies and what a mirror has to hold: no table elsewhere
 * names a layer.
 */
export interface Declaration {
    /** @default none */
    readonly images?: readonly DeclaredImage[];
    /** @default none */
    readonly pods?: readonly PodGroup[];
    /** @default none */
    readonly charts?: readonly DeclaredChart[];
    /** Stores that it provides. @default none */
    readonly stores?: StoreEndpoints;
}

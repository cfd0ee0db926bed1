import type { Jobs } from "../../catalog/jobs";
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

/** A source of connections to a group of pods: one ingress rule of its NetworkPolicy. */
export type Caller =
    /** The API server, on the port of an admission webhook or an aggregated API. */
    | { readonly webhook: number }
    /** Prometheus, on the port that serves metrics. */
    | { readonly metrics: number }
    | { readonly pods: PodSelector; readonly port: number }
    /** The workloads that call this store in the catalogue, on the store's port. */
    | { readonly callersOf: string }
    /** Any address, on this port. */
    | { readonly anyAddress: number };

/** A destination of a group of pods: egress rules of its NetworkPolicy. */
export type Destination =
    | "dns"
    /** The cluster's control plane. */
    | "api-server"
    /** The cloud's APIs and other HTTPS, and the link-local endpoint of cloud credentials. */
    | "cloud"
    /** The kubelet of every node. */
    | "kubelets"
    | { readonly pods: PodSelector; readonly port: number }
    | { readonly store: string }
    /** Public addresses, on this port. */
    | { readonly internet: number };

/** Number of pods of a group. */
export interface PodCount {
    /** At the baseline load. */
    readonly min: number;
    /** At the maximum load. */
    readonly max: number;
    /** Additional pods during a rolling update. */
    readonly surge: number;
    /** How the number of pods follows the load. @default it does not */
    readonly load?: PodLoad;
}

/** The pods of a group that follow the load of the shop (AS-12). */
export interface PodLoad {
    /** Pods that serve the baseline scenario. */
    readonly baseline: number;
    /** Most requests per second of one pod. @default no limit */
    readonly requestsPerSecond?: number;
}

/** The size of a node pool, for the arithmetic of load scenarios (CL-03, AS-12). */
export interface DeclaredNodePool {
    readonly pool: PoolName;
    /** Maximum number of nodes. */
    readonly max: number;
    /** What pods can request on one node: CPU in cores, memory in bytes, number of pods. */
    readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
}

/**
 * Pods of one template, created by the program, a chart or an operator. Quotas, capacity and the NetworkPolicy of the pods
 * follow from it (AS-11, NW-05).
 */
export interface PodGroup {
    /** Name of the NetworkPolicy; unique in the namespace. */
    readonly name: string;
    readonly namespace: NamespaceName | "kube-system";
    /** Labels that select these pods and no others. */
    readonly labels: Readonly<Record<string, string>>;
    /** `app.kubernetes.io/name` and `component` of the NetworkPolicy. */
    readonly app: { readonly name: string; readonly component: string };
    /** `object`: the plan contains their template; `controller`: a chart or an operator creates them. */
    readonly source: "object" | "controller";
    /** Node pool that they are scheduled on. */
    readonly pool: PoolName;
    readonly count: PodCount;
    /** Whether the pods terminate: quotas include them, steady capacity does not. @default false */
    readonly job?: boolean;
    /** Of each pod: the sum of its containers. */
    readonly resources: Resources;
    /** Spread over zones and nodes (CL-13). */
    readonly spread: "required" | "preferred";
    /** Containers with a writable root filesystem, whose program offers no volume for the files that it writes. @default none */
    readonly writableRoot?: readonly string[];
    readonly callers: readonly Caller[];
    readonly calls: readonly Destination[];
}

/** An image that a layer runs. */
export interface DeclaredImage {
    /** Full name with tag or digest, as its project publishes it. */
    readonly image: string;
    /** Whether the stack's configuration names the image: it is used unchanged, not mirrored and not in the lock. @default false */
    readonly own?: boolean;
    /** Whether its chart adds the digest itself. @default false */
    readonly pinned?: boolean;
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
 * What a layer runs, as a pure function of the configuration. The list of admitted images, quotas, capacity, network
 * policies and the contents of a mirror follow from the declarations of all layers; no other table names a layer.
 */
export interface Declaration {
    /** @default none */
    readonly images?: readonly DeclaredImage[];
    /** @default none */
    readonly pods?: readonly PodGroup[];
    /** @default none */
    readonly charts?: readonly DeclaredChart[];
    /** Node pools of known size that it creates. @default none */
    readonly nodePools?: readonly DeclaredNodePool[];
    /** Stores that it provides. @default none */
    readonly stores?: StoreEndpoints;
    /** Jobs that call stores: callers beside the workloads of the catalogue. @default none */
    readonly jobs?: Jobs;
}

import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { PlatformConfig } from "../../config/resolve";
import type { Cloud } from "../../config/schema";

/** Every add-on; the name is that of the release, the pods' owner and the service account. */
export const addonNames = [
    "cert-manager",
    "external-secrets",
    "reloader",
    "external-dns",
    "aws-load-balancer-controller",
    "metrics-server",
    "vertical-pod-autoscaler",
    "karpenter-crd",
    "karpenter",
] as const;

export type AddonName = (typeof addonNames)[number];

/** CPU and memory of a container, as Kubernetes quantities. */
export interface Resources {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
}

/** Where pods of an add-on may connect to, DNS aside. */
export type Destination =
    /** The cluster's control plane. */
    | "api-server"
    /** The cloud's APIs and other HTTPS, and the address that hands a pod its cloud identity. */
    | "cloud"
    /** The kubelet of every node. */
    | "kubelets";

/** Pods that a chart makes of one template. */
export interface PodGroup {
    /** Labels that the chart gives these pods and no others. */
    readonly labels: Readonly<Record<string, string>>;
    /** `single` where two would do the same work twice; `job` where the pod ends by itself. @default "many" */
    readonly count?: "many" | "single" | "job";
    readonly resources: Resources;
    /** Who makes the PodDisruptionBudget: the chart, or this layer where the chart has no key for it. @default "chart" */
    readonly budget?: "chart" | "ours";
    /** Container port that the API server calls. @default none */
    readonly webhook?: number;
    /** Container port with metrics. @default none */
    readonly metrics?: number;
    readonly calls: readonly Destination[];
}

/** An image that a chart runs, with the tag or digest that this version of it names; what a mirror has to hold. */
export interface ChartImage {
    /** Full name without a tag. */
    readonly repository: string;
    readonly tag: string;
}

/** One row of the table of charts. `Values` is the part of the chart's values that we set. */
export interface Chart {
    readonly name: AddonName;
    /** Name in its repository. */
    readonly chart: string;
    /** `https://` of a chart repository, or the `oci://` folder that the chart lies in. */
    readonly repo: string;
    /** Exact version of the chart. */
    readonly version: string;
    /** Version of what it runs. */
    readonly appVersion: string;
    readonly namespace: NamespaceName | "kube-system";
    readonly clouds: readonly Cloud[];
    /** A further condition on the stack. @default every stack on these clouds */
    readonly when?: (config: PlatformConfig) => boolean;
    /** Add-ons that have to be ready first. @default none */
    readonly needs?: readonly AddonName[];
    /**
     * Where its custom resource definitions come from: from its templates, from its `crds/` folder, which Helm writes
     * once and never again, or from elsewhere, then the folder is skipped.
     */
    readonly crds: "templates" | "folder" | "skipped" | "none";
    readonly images: readonly ChartImage[];
    readonly pods: Readonly<Record<string, PodGroup>>;
    readonly values: (settings: AddonSettings) => object;
}

/** What the values of every chart are made from. */
export interface AddonSettings {
    readonly name: AddonName;
    readonly namespace: string;
    /** Of whatever can be there more than once. */
    readonly replicas: number;
    readonly spread: PlatformConfig["spread"];
    readonly priorityClassName: string;
    /** An image from where this stack's images come from. */
    readonly image: (repository: string) => string;
    /** Annotations of the service account that give it its cloud identity. */
    readonly accountAnnotations: pulumi.Input<Record<string, string>>;
    readonly site: Site;
}

/** What add-ons have to know of the place that they run in; each cloud fills in its own part. */
export interface Site {
    readonly clusterName: pulumi.Input<string>;
    /** Domain that DNS records are made below. */
    readonly domain: string;
    readonly dns: DnsSite;
    /** Set on AWS. */
    readonly region: string;
    /** Set on AWS. */
    readonly vpcId: pulumi.Input<string>;
    /** Queue of interruption notices; empty: Karpenter learns of them when the node goes. Set on AWS. */
    readonly interruptionQueue: pulumi.Input<string>;
    /** Kubelets whose certificates nobody signed are trusted. */
    readonly insecureKubelets: boolean;
}

/** How DNS records are made. */
export interface DnsSite {
    readonly provider: string;
    /** Kinds of objects that carry host names; their definitions have to be served. */
    readonly sources: readonly string[];
    readonly extraArgs: Readonly<Record<string, string>>;
}

/** What gives add-ons their cloud identity, from the identity layer. Missing: the pods have none. */
export type AddonIdentities = Readonly<
    Partial<
        Record<
            AddonName,
            {
                /** Of the service account; resolves when the identity can be used. */
                readonly annotations: pulumi.Input<Record<string, string>>;
            }
        >
    >
>;

/** Pods with metrics, for the layer that reads them. */
export interface ScrapeTarget {
    readonly addon: AddonName;
    readonly role: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    /** Container port. */
    readonly port: number;
}

/** What the add-on layer promises: controllers that are ready and whose custom resources are served. */
export interface Addons {
    /** Releases by name; each resolves to its namespace when its controller is ready. */
    readonly releases: Readonly<Record<string, pulumi.Output<string>>>;
    /** For `dependsOn` of what is made of the add-ons' own kinds. */
    readonly ready: readonly pulumi.Resource[];
    /**
     * What to scrape. The charts' own monitors stay off: their kinds come with the monitoring layer, after these releases.
     */
    readonly scrapes: readonly ScrapeTarget[];
}

import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { CoreConfig } from "../../config/core";
import type { LayerConfig } from "./layer-config";
import type { Permissions } from "../identity/types";
import type { Resources } from "../layer";

/** Where pods of a chart connect to, DNS aside. */
export type ChartDestination = "api-server" | "cloud" | "kubelets";

/** Pods that a chart creates from one template. */
export interface ChartPods {
    /** Labels that the chart gives these pods and no others. */
    readonly labels: Readonly<Record<string, string>>;
    /** `single` where two would do the same work twice; `job` where the pod ends. @default "many" */
    readonly count?: "many" | "single" | "job";
    readonly resources: Resources;
    /** Who creates the PodDisruptionBudget: the chart, or {@link ChartRelease} where the chart has no key for it. @default "chart" */
    readonly budget?: "chart" | "release";
    /** Container port that the API server calls. @default none */
    readonly webhook?: number;
    /** Container port with metrics. @default none */
    readonly metrics?: number;
    readonly calls: readonly ChartDestination[];
}

/** An image that a chart runs, with the tag that this version of it names. */
export interface ChartImage {
    /** Full name without a tag. */
    readonly repository: string;
    readonly tag: string;
}

/**
 * A chart in an exact version, and what it runs.
 *
 * @typeParam Site what its values need beside {@link ChartSettings}, known when earlier layers have been created
 */
export interface Chart<Site = unknown> {
    /** Of the release; also of the pods' owner and the service account. */
    readonly name: string;
    /** Name in its repository. */
    readonly chart: string;
    /** `https://` of a chart repository, or the `oci://` folder that holds the chart. */
    readonly repo: string;
    /** Exact version of the chart. */
    readonly version: string;
    /** Version of what it runs. */
    readonly appVersion: string;
    readonly namespace: NamespaceName | "kube-system";
    /** Charts of the same layer that have to be ready first. @default none */
    readonly needs?: readonly string[];
    /**
     * Where its custom resource definitions come from: from its templates, from its `crds/` folder, which Helm writes
     * once and never updates, or from elsewhere, then the folder is skipped.
     */
    readonly crds: "templates" | "folder" | "skipped" | "none";
    readonly images: readonly ChartImage[];
    readonly pods: Readonly<Record<string, ChartPods>>;
    /** What its service account, which has the chart's name, may do in the cloud (SC-07). @default nothing, and no identity */
    readonly permissions?: (config: CoreConfig) => Permissions;
    readonly values: (settings: ChartSettings, site: Site) => object;
}

/** What the values of every chart are made from. */
export interface ChartSettings {
    readonly name: string;
    readonly namespace: string;
    /** Of every part that can run more than once. */
    readonly replicas: number;
    readonly spread: LayerConfig["spread"];
    readonly priorityClassName: string;
    /** An image from where this stack's images come from. */
    readonly image: (repository: string) => string;
    /** Annotations of the service account that give it its cloud identity. */
    readonly accountAnnotations: pulumi.Input<Record<string, string>>;
}

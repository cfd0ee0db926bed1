import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { CoreConfig } from "../../config/core";
import type { LayerConfig } from "./layer-config";
import type { Permissions } from "../identity/types";
import type { Resources } from "../layer";

/** Destinations of a chart's pods besides DNS. */
export type ChartDestination = "api-server" | "cloud" | "kubelets";

/** Pods that a chart creates from one template. */
export interface ChartPods {
    /** Labels that the chart gives these pods and no others. */
    readonly labels: Readonly<Record<string, string>>;
    /** `single` where two replicas would duplicate work; `job` where the pod terminates. @default "many" */
    readonly count?: "many" | "single" | "job";
    readonly resources: Resources;
    /** What creates the PodDisruptionBudget: the chart, or {@link ChartRelease} where the chart has no key for it. @default "chart" */
    readonly budget?: "chart" | "release";
    /** Container port that the API server calls. @default none */
    readonly webhook?: number;
    /** Container port with metrics. @default none */
    readonly metrics?: number;
    readonly calls: readonly ChartDestination[];
}

/** An image that a chart runs, with the default tag of the chart's version. */
export interface ChartImage {
    /** Full name without a tag. */
    readonly repository: string;
    readonly tag: string;
    /** Whether the chart adds the image's digest itself. @default false */
    readonly pinned?: boolean;
}

/** The keys of an image in a chart's values. */
export interface ImageValues {
    readonly repository: string;
    /** @default the tag of the chart's version */
    readonly tag?: string;
    /** @default none; only for charts with such a key */
    readonly digest?: string;
}

/**
 * An exact version of a chart, and what it runs.
 *
 * @typeParam Site inputs of its values besides {@link ChartSettings}: outputs of earlier layers
 */
export interface Chart<Site = unknown> {
    /** Name of the release, of the pods' owner and of the service account. */
    readonly name: string;
    /** Name in its repository. */
    readonly chart: string;
    /** `https://` of a chart repository, or the `oci://` folder that holds the chart. */
    readonly repo: string;
    /** Exact version of the chart. */
    readonly version: string;
    /** Version of the application. */
    readonly appVersion: string;
    readonly namespace: NamespaceName | "kube-system";
    /** Charts of the same layer that have to be ready before. @default none */
    readonly needs?: readonly string[];
    /**
     * Source of its custom resource definitions: its templates; its `crds/` folder, which Helm installs once and never
     * updates; or another chart, and the folder is skipped.
     */
    readonly crds: "templates" | "folder" | "skipped" | "none";
    readonly images: readonly ChartImage[];
    /**
     * Where the chart's values take an image's digest: `key`, from `digest` beside `repository`; `tag`, from `tag`, which the
     * template appends to the repository after a colon. Read in the templates, not guessed. @default "tag"
     */
    readonly digests?: "key" | "tag";
    readonly pods: Readonly<Record<string, ChartPods>>;
    /** Cloud permissions of its service account, which has the chart's name (SC-07). @default none, and no identity */
    readonly permissions?: (config: CoreConfig) => Permissions;
    readonly values: (settings: ChartSettings, site: Site) => object;
}

/** Inputs of every chart's values. */
export interface ChartSettings {
    readonly name: string;
    readonly namespace: string;
    /** Replicas of every part that can have more than one. */
    readonly replicas: number;
    readonly spread: LayerConfig["spread"];
    readonly priorityClassName: string;
    /** The values of one of the chart's images: in the mirror where the stack has one, with its digest where it is known. */
    readonly image: (repository: string) => ImageValues;
    /** Annotations that bind the service account to its cloud identity. */
    readonly accountAnnotations: pulumi.Input<Record<string, string>>;
}

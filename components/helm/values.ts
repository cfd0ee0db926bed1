import type * as k8s from "@pulumi/kubernetes";

import { topologySpreadByLabels } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Resources } from "../layer";
import type { ChartPods, ChartSettings } from "./types";

export type PodSecurity = k8s.types.input.core.v1.PodSecurityContext;
export type ContainerSecurity = k8s.types.input.core.v1.SecurityContext;
export type Spread = k8s.types.input.core.v1.TopologySpreadConstraint;
export type Affinity = k8s.types.input.core.v1.Affinity;

export interface AccountValues {
    readonly annotations: ChartSettings["accountAnnotations"];
}

/** Values of a PodDisruptionBudget in most charts. */
export interface BudgetValues {
    readonly enabled: boolean;
    readonly maxUnavailable: number;
}

/** An image as charts take it that join registry and repository with a slash, and the tag with a colon. */
export interface SplitImage {
    readonly registry: string;
    readonly repository: string;
    /** @default the tag of the chart's version */
    readonly tag?: string;
}

/** One of a chart's images, with its registry by itself. */
export function splitImage(settings: ChartSettings, name: string): SplitImage {
    const { repository, tag } = settings.image(name);
    const [registry = "", ...rest] = repository.split("/");
    return { registry, repository: rest.join("/"), ...(tag === undefined ? {} : { tag }) };
}

/** Requests and limits of a controller's container. */
export function resources(cpu: string, memory: string, cpuLimit: string, memoryLimit: string): Resources {
    return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
}

/** Policy of a PodDisruptionBudget, in charts that have a key for it. */
export interface EvictionValues {
    readonly unhealthyPodEvictionPolicy: "AlwaysAllow";
}

/** Pods that are not ready must not block the drain of a node. */
export const evictUnhealthy: EvictionValues = { unhealthyPodEvictionPolicy: "AlwaysAllow" };

/**
 * Annotations of custom resource definitions in a chart's templates: Helm deletes neither them nor, with them, all custom
 * resources when the release is deleted or renamed (https://helm.sh/docs/howto/charts_tips_and_tricks).
 */
export const keptDefinitions = { "helm.sh/resource-policy": "keep" } as const;

/** A budget where there is more than one replica: with one, it would block the drain of a node. */
export function budget({ replicas }: ChartSettings): BudgetValues {
    return { enabled: replicas > 1, maxUnavailable: 1 };
}

/** Spread of one group of a chart's pods, by the labels that the chart gives them (CL-13, CL-14). */
export function spread(group: ChartPods, settings: ChartSettings): readonly Spread[] {
    return topologySpreadByLabels(group.labels, settings.spread);
}

/** Resources, spread and priority class of a group, under the names that most charts use. */
export function commonValues(group: ChartPods, settings: ChartSettings) {
    return {
        resources: group.resources,
        topologySpreadConstraints: spread(group, settings),
        priorityClassName: settings.priorityClassName,
    };
}

/** Preferred anti-affinity over zones and nodes, for charts without a key for spread (CL-13). */
export function preferredAntiAffinity(group: ChartPods): Affinity {
    return {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
                ["topology.kubernetes.io/zone", 100] as const,
                ["kubernetes.io/hostname", 50] as const,
            ].map(([topologyKey, weight]) => ({
                weight,
                podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { ...group.labels } } },
            })),
        },
    };
}

/** Both security contexts for Pod Security `restricted`, under the chart's names for them (SC-01). */
export function restricted<Pod extends string, Container extends string>(
    pod: Pod,
    container: Container,
): Record<Pod, PodSecurity> & Record<Container, ContainerSecurity> {
    return { [pod]: podSecurityContext(), [container]: containerSecurityContext() } as Record<Pod, PodSecurity> &
        Record<Container, ContainerSecurity>;
}

import type * as k8s from "@pulumi/kubernetes";

import { spreadOver } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import type { Resources } from "../layer";
import type { ChartPods, ChartSettings } from "./types";

export type PodSecurity = k8s.types.input.core.v1.PodSecurityContext;
export type ContainerSecurity = k8s.types.input.core.v1.SecurityContext;
export type Spread = k8s.types.input.core.v1.TopologySpreadConstraint;
export type Affinity = k8s.types.input.core.v1.Affinity;

/** An image whose tag the chart's version pins. */
export interface ImageValues {
    readonly repository: string;
}

export interface AccountValues {
    readonly annotations: ChartSettings["accountAnnotations"];
}

/** A PodDisruptionBudget in the form that most charts have. */
export interface BudgetValues {
    readonly enabled: boolean;
    readonly maxUnavailable: number;
}

/** Figures that fit a controller which watches a cluster of this size. */
export function resources(cpu: string, memory: string, cpuLimit: string, memoryLimit: string): Resources {
    return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
}

/** A budget where there is more than one: with one, it would only keep a node from being drained. */
export function budget({ replicas }: ChartSettings): BudgetValues {
    return { enabled: replicas > 1, maxUnavailable: 1 };
}

/** Spread of one group of a chart's pods, by the labels that the chart gives them (CL-13, CL-14). */
export function spread(group: ChartPods, settings: ChartSettings): readonly Spread[] {
    return spreadOver(group.labels, settings.spread);
}

/** What most charts call by the same names: what one group's pods need, how they are spread, and who gives way to them. */
export function placed(group: ChartPods, settings: ChartSettings) {
    return {
        resources: group.resources,
        topologySpreadConstraints: spread(group, settings),
        priorityClassName: settings.priorityClassName,
    };
}

/** Zones and nodes apart where possible, for charts that have a key for affinity only (CL-13). */
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

/** Both security contexts that Pod Security `restricted` admits, under the keys that a chart calls them by (SC-01). */
export function restricted<Pod extends string, Container extends string>(
    pod: Pod,
    container: Container,
): Record<Pod, PodSecurity> & Record<Container, ContainerSecurity> {
    return { [pod]: podSecurityContext(), [container]: containerSecurityContext() } as Record<Pod, PodSecurity> &
        Record<Container, ContainerSecurity>;
}

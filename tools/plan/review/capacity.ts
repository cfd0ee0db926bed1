import { standInAnnotation } from "../../../components/common/labels";
import type { PodGroup } from "../../../components/layer";
import { quantity } from "../../../config/quantity";
import { at, listAt, numberAt, textAt, type Json, type JsonObject } from "../json";
import type { KubernetesObject } from "../render/kubernetes";
import { podOwner, type PodOwner } from "./pods";

/** CPU in cores and memory in bytes, asked for and allowed. */
export interface Resources {
    readonly cpuRequest: number;
    readonly cpuLimit: number;
    readonly memoryRequest: number;
    readonly memoryLimit: number;
}

/** What a pool's pods sum up to. */
export interface PoolLoad extends Resources {
    readonly pods: number;
}

/** One pool's load when autoscalers are at their floor and at their ceiling. */
export interface PoolCapacity {
    readonly pool: string;
    readonly baseline: PoolLoad;
    readonly peak: PoolLoad;
    /** What DaemonSets add on each node of the pool. */
    readonly perNode: PoolLoad;
}

const nothing: PoolLoad = { pods: 0, cpuRequest: 0, cpuLimit: 0, memoryRequest: 0, memoryLimit: 0 };

/** Requests and limits of one pod of a declared group. */
function declaredResources({ resources: { requests, limits } }: PodGroup): Resources {
    return {
        cpuRequest: quantity(requests.cpu),
        cpuLimit: quantity(limits.cpu),
        memoryRequest: quantity(requests.memory),
        memoryLimit: quantity(limits.memory),
    };
}

/**
 * Sums up what the pods of each pool request: once with every autoscaler at `minReplicas`, once at `maxReplicas`.
 * Pools come in alphabetical order. Jobs are left out: their pods end.
 *
 * @param declared groups of pods that the layers declare; those that charts and operators create are not among the
 * plan's objects and are counted from here
 */
export function capacity(objects: readonly KubernetesObject[], declared: readonly PodGroup[] = []): PoolCapacity[] {
    const scalers = autoscalers(objects);
    const pools = new Map<string, PoolCapacity>();
    for (const owner of objects.flatMap((object) => podOwner(object) ?? [])) {
        const one = podResources(owner.template);
        const scaler = scalers.get(keyOf(owner.kind, owner.namespace, owner.name));
        pools.set(owner.pool, added(poolOf(pools, owner.pool), owner, one, scaler));
    }
    for (const group of declared.filter(({ source, job = false }) => source === "controller" && !job)) {
        const before = poolOf(pools, group.pool);
        const one = declaredResources(group);
        const { min, max } = group.count;
        pools.set(group.pool, {
            ...before,
            baseline: plus(before.baseline, one, min),
            peak: plus(before.peak, one, max),
        });
    }
    return [...pools.values()].sort((a, b) => (a.pool < b.pool ? -1 : 1));
}

function poolOf(pools: ReadonlyMap<string, PoolCapacity>, pool: string): PoolCapacity {
    return pools.get(pool) ?? { pool, baseline: nothing, peak: nothing, perNode: nothing };
}

function added(before: PoolCapacity, owner: PodOwner, one: Resources, scaler: Bounds | undefined): PoolCapacity {
    if (owner.everyNode) {
        return { ...before, perNode: plus(before.perNode, one, 1) };
    }
    return {
        ...before,
        baseline: plus(before.baseline, one, scaler?.min ?? owner.replicas),
        peak: plus(before.peak, one, scaler?.max ?? owner.replicas),
    };
}

function plus(sum: PoolLoad, one: Resources, pods: number): PoolLoad {
    return {
        pods: sum.pods + pods,
        cpuRequest: sum.cpuRequest + one.cpuRequest * pods,
        cpuLimit: sum.cpuLimit + one.cpuLimit * pods,
        memoryRequest: sum.memoryRequest + one.memoryRequest * pods,
        memoryLimit: sum.memoryLimit + one.memoryLimit * pods,
    };
}

interface Bounds {
    readonly min: number;
    readonly max: number;
}

/** The bounds of every HorizontalPodAutoscaler, by what it scales. */
function autoscalers(objects: readonly KubernetesObject[]): Map<string, Bounds> {
    const bounds = new Map<string, Bounds>();
    for (const { kind, namespace, manifest } of objects) {
        if (kind !== "HorizontalPodAutoscaler") {
            continue;
        }
        const target = at(manifest, "spec", "scaleTargetRef");
        const min = numberAt(manifest, "spec", "minReplicas") ?? 1;
        const max = numberAt(manifest, "spec", "maxReplicas") ?? min;
        bounds.set(keyOf(textAt(target, "kind") ?? "", namespace ?? "", textAt(target, "name") ?? ""), { min, max });
    }
    return bounds;
}

function keyOf(kind: string, namespace: string, name: string): string {
    return `${kind}/${namespace}/${name}`;
}

/**
 * What the scheduler counts for one pod: the sum of what runs side by side, or the largest init container where that is
 * more, and the overhead of its runtime class. What is not known yet counts as nothing.
 */
export function podResources(template: JsonObject): Resources {
    const side = (kind: "requests" | "limits", name: "cpu" | "memory"): number => {
        // Sidecars start in their place among the init containers, and go on running beside all that follow.
        let sidecars = 0;
        let largest = 0;
        for (const container of listAt(template, "spec", "initContainers")) {
            const own = amount(container, kind, name);
            largest = Math.max(largest, sidecars + own);
            sidecars += textAt(container, "restartPolicy") === "Always" ? own : 0;
        }
        const main = listAt(template, "spec", "containers").reduce<number>(
            (sum, container) => sum + amount(container, kind, name),
            0,
        );
        return Math.max(largest, sidecars + main) + parsed(at(template, "spec", "overhead", name));
    };
    return {
        cpuRequest: side("requests", "cpu"),
        cpuLimit: side("limits", "cpu"),
        memoryRequest: side("requests", "memory"),
        memoryLimit: side("limits", "memory"),
    };
}

/** A request that is left out is as large as the limit. */
function amount(container: Json, kind: "requests" | "limits", name: "cpu" | "memory"): number {
    const own = at(container, "resources", kind, name);
    return parsed(own ?? (kind === "requests" ? at(container, "resources", "limits", name) : undefined));
}

function parsed(value: Json | undefined): number {
    if (typeof value === "number") {
        return value;
    }
    return typeof value === "string" && /^[0-9]/.test(value) ? quantity(value) : 0;
}

/** Names of the workloads whose pods run a stand-in in place of a service's own image, sorted. */
export function standIns(objects: readonly KubernetesObject[]): string[] {
    const names = objects.flatMap((object) => {
        const owner = podOwner(object);
        return owner !== undefined && runsStandIn(owner.template) ? `${owner.namespace}/${owner.name}` : [];
    });
    return [...new Set(names)].sort();
}

function runsStandIn(template: JsonObject): boolean {
    return (["annotations", "labels"] as const).some(
        (place) => textAt(template, "metadata", place, standInAnnotation) === "true",
    );
}

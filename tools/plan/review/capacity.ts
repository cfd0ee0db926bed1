import { standInAnnotation } from "../../../components/common/labels";
import type { PodGroup } from "../../../components/layer";
import { quantity } from "../../../config/quantity";
import { at, numberAt, textAt, type JsonObject } from "../json";
import type { KubernetesObject } from "../render/kubernetes";
import { podsOfCustom } from "./custom-pods";
import { podResources, type Resources } from "./pod-resources";
import { podOwner, type PodOwner } from "./pods";

export type { Resources } from "./pod-resources";

/** The sum of the requests and limits of a pool's pods. */
export interface PoolLoad extends Resources {
    readonly pods: number;
}

/** One pool's load with autoscalers at their minimum (baseline) and at their maximum (peak). */
export interface PoolCapacity {
    readonly pool: string;
    readonly baseline: PoolLoad;
    readonly peak: PoolLoad;
    /** DaemonSet pods on each node of the pool. */
    readonly perNode: PoolLoad;
}

const nothing: PoolLoad = { pods: 0, cpuRequest: 0, cpuLimit: 0, memoryRequest: 0, memoryLimit: 0 };

/** Pods with the same template that are not objects of the plan. */
interface Group {
    readonly pool: string;
    readonly one: Resources;
    readonly min: number;
    readonly max: number;
}

/** Pods that charts and operators create, from the layers' declarations. */
function declaredGroups(groups: readonly PodGroup[]): Group[] {
    return groups
        .filter(({ source, job = false }) => source === "controller" && !job)
        .map((group) => ({
            pool: group.pool,
            one: declaredResources(group),
            min: group.count.min,
            max: group.count.max,
        }));
}

/** Pods that operators create for the plan's custom resources, for a program without declarations. */
function describedGroups(objects: readonly KubernetesObject[]): Group[] {
    return objects
        .flatMap((object) => podsOfCustom(object))
        .filter(({ everyNode }) => !everyNode)
        .map(({ pool, count, maxCount, ...one }) => ({ pool, one, min: count, max: maxCount }));
}

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
 * Sums the requests and limits of each pool's pods, with every autoscaler at `minReplicas` and at `maxReplicas`. Pools are
 * in alphabetical order. Jobs are not counted, because their pods are temporary.
 *
 * @param declared groups of pods that the layers declare, from which the pods of charts and operators are counted. @default
 * the pods that the plan's custom resources describe
 */
export function capacity(objects: readonly KubernetesObject[], declared?: readonly PodGroup[]): PoolCapacity[] {
    const scalers = autoscalers(objects);
    const pools = new Map<string, PoolCapacity>();
    for (const owner of objects.flatMap((object) => podOwner(object) ?? [])) {
        const one = podResources(owner.template);
        const scaler = scalers.get(keyOf(owner.kind, owner.namespace, owner.name));
        pools.set(owner.pool, added(poolOf(pools, owner.pool), owner, one, scaler));
    }
    for (const group of declared === undefined ? describedGroups(objects) : declaredGroups(declared)) {
        const before = poolOf(pools, group.pool);
        const { one, min, max } = group;
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

/** Fields with the bounds of each kind of autoscaler. */
const boundsOf: Readonly<Record<string, readonly [min: string, max: string]>> = {
    HorizontalPodAutoscaler: ["minReplicas", "maxReplicas"],
    ScaledObject: ["minReplicaCount", "maxReplicaCount"],
};

/** The bounds of every autoscaler, by its target. */
function autoscalers(objects: readonly KubernetesObject[]): Map<string, Bounds> {
    const bounds = new Map<string, Bounds>();
    for (const { kind, namespace, manifest } of objects) {
        const fields = boundsOf[kind];
        if (fields === undefined) {
            continue;
        }
        const target = at(manifest, "spec", "scaleTargetRef");
        const min = numberAt(manifest, "spec", fields[0]) ?? 1;
        const max = numberAt(manifest, "spec", fields[1]) ?? min;
        bounds.set(keyOf(textAt(target, "kind") ?? "", namespace ?? "", textAt(target, "name") ?? ""), { min, max });
    }
    return bounds;
}

function keyOf(kind: string, namespace: string, name: string): string {
    return `${kind}/${namespace}/${name}`;
}

/** Sorted names of the workloads that run a stand-in image. */
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

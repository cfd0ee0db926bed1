import { quantity } from "../../../config/quantity";
import type { KubeClient } from "../control-plane/client";
import {
    at,
    isObject,
    labelsOf,
    listAt,
    namespaceOf,
    textAt,
    type Json,
    type JsonObject,
    type KubeObject,
} from "../control-plane/json";
import { simulatedPool } from "./nodes";

/** A node as the checks use it. */
export interface NodeView {
    readonly name: string;
    readonly pool: string;
    /** Empty on a cluster without zones. */
    readonly zone: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Json[];
    readonly cpu: number;
    readonly memory: number;
}

/** A pod as the checks use it. */
export interface PodView {
    readonly namespace: string;
    readonly name: string;
    /** `<namespace>/<kind>/<name>` of the pod's workload. */
    readonly workload: string;
    /** UID of the owner; empty for a pod without one. */
    readonly owner: string;
    readonly node: string | undefined;
    readonly ready: boolean;
    /** The scheduler's message for an unschedulable pod, else empty. */
    readonly unschedulable: string;
    readonly spec: JsonObject;
    readonly labels: Readonly<Record<string, string>>;
    /** Zones of its bound volumes: it runs nowhere else. */
    readonly volumeZones: readonly string[];
}

/** A PodDisruptionBudget as the checks use it. */
export interface BudgetView {
    readonly namespace: string;
    readonly name: string;
    readonly selector: Json | undefined;
}

/** Nodes, pods and budgets at one time, without completed and terminating pods. */
export interface Snapshot {
    readonly nodes: readonly NodeView[];
    readonly pods: readonly PodView[];
    readonly budgets: readonly BudgetView[];
}

export async function takeSnapshot(client: KubeClient): Promise<Snapshot> {
    const core = (plural: string): Promise<KubeObject[]> => client.list(`/api/v1/${plural}`);
    const [nodes, pods, budgets, claims, volumes] = await Promise.all([
        core("nodes"),
        core("pods"),
        client.list("/apis/policy/v1/poddisruptionbudgets"),
        core("persistentvolumeclaims"),
        core("persistentvolumes"),
    ]);
    const zones = claimZones(claims, volumes);
    return {
        nodes: nodes.map(nodeView),
        pods: pods.filter(isCurrent).map((pod) => podView(pod, zones)),
        budgets: budgets.map(budgetView),
    };
}

const zoneKey = "topology.kubernetes.io/zone";

/** Zones of bound claims' volumes, by `<namespace>/<name>` of the claim. */
function claimZones(
    claims: readonly KubeObject[],
    volumes: readonly KubeObject[],
): ReadonlyMap<string, readonly string[]> {
    const ofVolume = new Map(volumes.map((volume) => [volume.metadata.name, volumeZones(volume)]));
    return new Map(
        claims.map((claim) => [
            `${namespaceOf(claim) ?? ""}/${claim.metadata.name}`,
            ofVolume.get(textAt(claim, "spec", "volumeName") ?? "") ?? [],
        ]),
    );
}

function volumeZones(volume: KubeObject): string[] {
    return listAt(volume, "spec", "nodeAffinity", "required", "nodeSelectorTerms")
        .flatMap((term) => listAt(term, "matchExpressions"))
        .filter((expression) => textAt(expression, "key") === zoneKey)
        .flatMap((expression) => listAt(expression, "values"))
        .filter((value) => typeof value === "string");
}

function budgetView(budget: KubeObject): BudgetView {
    return {
        namespace: namespaceOf(budget) ?? "",
        name: budget.metadata.name,
        selector: at(budget, "spec", "selector"),
    };
}

function isCurrent(pod: KubeObject): boolean {
    const phase = textAt(pod, "status", "phase");
    return pod.metadata["deletionTimestamp"] === undefined && phase !== "Succeeded" && phase !== "Failed";
}

function nodeView(node: KubeObject): NodeView {
    const labels = labelsOf(node);
    return {
        name: node.metadata.name,
        pool: labels[simulatedPool] ?? "",
        zone: labels[zoneKey] ?? "",
        labels,
        taints: listAt(node, "spec", "taints"),
        cpu: quantity(textAt(node, "status", "allocatable", "cpu") ?? "0"),
        memory: quantity(textAt(node, "status", "allocatable", "memory") ?? "0"),
    };
}

function podView(pod: KubeObject, zonesOf: ReadonlyMap<string, readonly string[]>): PodView {
    const conditions = listAt(pod, "status", "conditions");
    const condition = (type: string): Json | undefined => conditions.find((item) => textAt(item, "type") === type);
    const scheduled = condition("PodScheduled");
    const spec = at(pod, "spec");
    const namespace = namespaceOf(pod) ?? "";
    const claims = listAt(spec, "volumes").map((volume) => textAt(volume, "persistentVolumeClaim", "claimName"));
    return {
        namespace,
        name: pod.metadata.name,
        workload: workloadOf(pod),
        owner: textAt(controllerOf(pod), "uid") ?? "",
        node: textAt(pod, "spec", "nodeName"),
        ready: textAt(condition("Ready"), "status") === "True",
        unschedulable: textAt(scheduled, "status") === "False" ? (textAt(scheduled, "message") ?? "") : "",
        spec: isObject(spec) ? spec : {},
        labels: labelsOf(pod),
        volumeZones: claims.flatMap((claim) => zonesOf.get(`${namespace}/${claim ?? ""}`) ?? []),
    };
}

/** A ReplicaSet counts as the Deployment that owns it. */
function workloadOf(pod: KubeObject): string {
    const owner = controllerOf(pod);
    const namespace = textAt(pod, "metadata", "namespace") ?? "";
    const kind = textAt(owner, "kind") ?? "Pod";
    const name = textAt(owner, "name") ?? pod.metadata.name;
    const hash = labelsOf(pod)["pod-template-hash"];
    return kind === "ReplicaSet" && hash !== undefined
        ? `${namespace}/Deployment/${name.replace(`-${hash}`, "")}`
        : `${namespace}/${kind}/${name}`;
}

function controllerOf(pod: KubeObject): Json | undefined {
    return listAt(pod, "metadata", "ownerReferences").find((item) => at(item, "controller") === true);
}

/** Pods grouped by workload. */
export function byWorkload(pods: readonly PodView[]): ReadonlyMap<string, readonly PodView[]> {
    const groups = new Map<string, PodView[]>();
    for (const pod of pods) {
        groups.set(pod.workload, [...(groups.get(pod.workload) ?? []), pod]);
    }
    return groups;
}

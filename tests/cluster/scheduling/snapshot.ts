import { quantity } from "../../../config/quantity";
import type { KubeClient } from "../control-plane/client";
import {
    at,
    isObject,
    listAt,
    textAt,
    textsOf,
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
}

/** Nodes and pods at one time, without completed and terminating pods. */
export interface Snapshot {
    readonly nodes: readonly NodeView[];
    readonly pods: readonly PodView[];
}

export async function takeSnapshot(client: KubeClient): Promise<Snapshot> {
    const [nodes, pods] = await Promise.all([client.list("/api/v1/nodes"), client.list("/api/v1/pods")]);
    return { nodes: nodes.map(nodeView), pods: pods.filter(isCurrent).map(podView) };
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
        zone: labels["topology.kubernetes.io/zone"] ?? "",
        labels,
        taints: listAt(node, "spec", "taints"),
        cpu: quantity(textAt(node, "status", "allocatable", "cpu") ?? "0"),
        memory: quantity(textAt(node, "status", "allocatable", "memory") ?? "0"),
    };
}

function podView(pod: KubeObject): PodView {
    const conditions = listAt(pod, "status", "conditions");
    const condition = (type: string): Json | undefined => conditions.find((item) => textAt(item, "type") === type);
    const scheduled = condition("PodScheduled");
    const spec = at(pod, "spec");
    return {
        namespace: textAt(pod, "metadata", "namespace") ?? "",
        name: pod.metadata.name,
        workload: workloadOf(pod),
        owner: textAt(controllerOf(pod), "uid") ?? "",
        node: textAt(pod, "spec", "nodeName"),
        ready: textAt(condition("Ready"), "status") === "True",
        unschedulable: textAt(scheduled, "status") === "False" ? (textAt(scheduled, "message") ?? "") : "",
        spec: isObject(spec) ? spec : {},
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

export function labelsOf(object: KubeObject): Record<string, string> {
    return textsOf(object.metadata["labels"]);
}

/** Pods grouped by workload. */
export function byWorkload(pods: readonly PodView[]): ReadonlyMap<string, readonly PodView[]> {
    const groups = new Map<string, PodView[]>();
    for (const pod of pods) {
        groups.set(pod.workload, [...(groups.get(pod.workload) ?? []), pod]);
    }
    return groups;
}

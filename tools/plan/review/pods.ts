import { poolLabel } from "../../../components/common/pools";
import { at, isObject, listAt, numberAt, textAt, type JsonObject } from "../json";
import type { KubernetesObject } from "../render/kubernetes";

/** An object that runs pods. */
export interface PodOwner {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    /** Node pool of the pods. */
    readonly pool: string;
    /** Number of pods; an autoscaler's bounds replace it. */
    readonly replicas: number;
    /** One pod on every node instead of a number. */
    readonly everyNode: boolean;
    readonly template: JsonObject;
}

/** The pool of pods that do not select one. */
const defaultPool = "app";

/** Kinds whose pods are counted. Jobs are not, because their pods are temporary. */
const workloadKinds = new Set([
    "DaemonSet",
    "Deployment",
    "ReplicaSet",
    "ReplicationController",
    "Rollout",
    "StatefulSet",
]);

/** The pods that an object runs permanently; undefined for other objects. */
export function podOwner({ kind, namespace, name, manifest, patch }: KubernetesObject): PodOwner | undefined {
    const template = kind === "Pod" ? manifest : workloadKinds.has(kind) ? at(manifest, "spec", "template") : undefined;
    if (patch || !isObject(template)) {
        return undefined;
    }
    return {
        kind,
        namespace: namespace ?? "",
        name,
        pool: poolOf(template),
        replicas: numberAt(manifest, "spec", "replicas") ?? 1,
        everyNode: kind === "DaemonSet",
        template,
    };
}

/** The pool in a pod's node selector or required node affinity. */
export function poolOf(template: JsonObject): string {
    const selected = textAt(template, "spec", "nodeSelector", poolLabel);
    if (selected !== undefined) {
        return selected;
    }
    const required = at(template, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    const wanted = listAt(required, "nodeSelectorTerms")
        .flatMap((term) => listAt(term, "matchExpressions"))
        .find((expression) => textAt(expression, "key") === poolLabel && textAt(expression, "operator") === "In");
    const [pool] = listAt(wanted, "values");
    return typeof pool === "string" ? pool : defaultPool;
}

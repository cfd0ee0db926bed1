import { poolLabel } from "../../../components/common/pools";
import { at, isObject, listAt, numberAt, textAt, type JsonObject } from "../json";
import type { KubernetesObject } from "../render/kubernetes";

/** A kind that runs pods and, of a plan, one object of it. */
export interface PodOwner {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    /** Node pool that the pods ask for. */
    readonly pool: string;
    /** Pods without an autoscaler; an autoscaler's bounds replace it. */
    readonly replicas: number;
    /** One pod on every node rather than a number of them. */
    readonly everyNode: boolean;
    readonly template: JsonObject;
}

/** The pool of pods that ask for none. */
const defaultPool = "app";

/** What the plan counts as standing capacity. Jobs come and go, so they are left out. */
const templated = new Set(["DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "Rollout", "StatefulSet"]);

/** The pods that an object keeps running; undefined for objects that keep none. */
export function podOwner({ kind, namespace, name, manifest, patch }: KubernetesObject): PodOwner | undefined {
    const template = kind === "Pod" ? manifest : templated.has(kind) ? at(manifest, "spec", "template") : undefined;
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

/** The pool that a pod's node selector, or its required node affinity, asks for. */
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

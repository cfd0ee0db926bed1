import { createHash } from "node:crypto";
import { merge, numberAt, stringAt, type Bag } from "../core/value";
import { referenceTo } from "./backend";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A UID derived from the identity, so that runs can be compared. */
export function uidOf(identity: string): string {
    const hex = digest(identity);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function addressOf(identity: string): string {
    const number = parseInt(digest(identity).slice(0, 4), 16);
    return `10.96.${Math.floor(number / 256)}.${(number % 254) + 1}`;
}

function workloadStatus(object: Bag): Bag {
    const replicas = numberAt(object, "spec.replicas") ?? 1;
    return { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas };
}

/** Status of an object in a healthy cluster. */
function statusOf(object: Bag): Bag | undefined {
    switch (stringAt(object, "kind")) {
        case "Namespace":
            return { phase: "Active" };
        case "Deployment":
            return { ...workloadStatus(object), availableReplicas: numberAt(object, "spec.replicas") ?? 1 };
        case "StatefulSet":
            return workloadStatus(object);
        case "DaemonSet":
            return { desiredNumberScheduled: 3, numberReady: 3, observedGeneration: 1 };
        case "Service":
            return stringAt(object, "spec.type") === "LoadBalancer"
                ? { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } }
                : { loadBalancer: {} };
        case "PersistentVolumeClaim":
            return { phase: "Bound" };
        case "Pod":
            return { phase: "Running" };
        case "Job":
            return { succeeded: 1, conditions: [{ type: "Complete", status: "True" }] };
        case "ResourceQuota":
            return { used: {} };
        default:
            return undefined;
    }
}

/** Spec fields that an API server sets and programs read. */
function specOf(object: Bag, identity: string): Bag | undefined {
    switch (stringAt(object, "kind")) {
        case "Service":
            return stringAt(object, "spec.type") === "ExternalName"
                ? { type: "ExternalName" }
                : { type: "ClusterIP", clusterIP: addressOf(identity), sessionAffinity: "None" };
        case "Deployment":
        case "StatefulSet":
            return { replicas: 1, revisionHistoryLimit: 10 };
        case "HorizontalPodAutoscaler":
            return { minReplicas: 1 };
        default:
            return undefined;
    }
}

/** `stringData` is write-only: the server moves it into `data`. */
function withoutStringData(object: Bag): Bag {
    const { stringData, ...rest } = object;
    if (typeof stringData !== "object" || stringData === null) {
        return rest;
    }
    const encoded = Object.entries(stringData).flatMap(([key, text]): [string, string][] =>
        typeof text === "string" ? [[key, Buffer.from(text).toString("base64")]] : [],
    );
    return merge(rest, { data: Object.fromEntries(encoded) });
}

/** The object as the server stores it: the sent fields over the server's defaults. */
export function persisted(object: Bag, resourceVersion: number): Bag {
    const { kind, namespace, name } = referenceTo(object);
    const identity = `${kind}/${namespace ?? ""}/${name}`;
    const metadata: Bag = {
        uid: uidOf(identity),
        creationTimestamp: "2026-01-01T00:00:00Z",
        resourceVersion: String(resourceVersion),
        generation: 1,
        ...(namespace === undefined ? {} : { namespace }),
    };
    const spec = specOf(object, identity);
    const status = statusOf(object);
    const defaults: Bag = { metadata, ...(spec ? { spec } : {}), ...(status ? { status } : {}) };
    return merge(defaults, withoutStringData(object));
}

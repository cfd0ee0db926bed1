import type { PolicyResource } from "../../policy/evaluate";

/** Plain JSON that a test may modify. */
export type Json = Record<string, unknown>;

/** A container that every policy accepts. */
export function goodContainer(name: string): Json {
    return {
        name,
        image: "registry.example.com/shop/app:1.4.2",
        securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            capabilities: { drop: ["ALL"] },
        },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
    };
}

/** A pod that every policy accepts, with a container in each of the three lists and a native sidecar. */
export function goodPod(): Json {
    return {
        serviceAccountName: "web",
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
        volumes: [{ name: "plain" }, { name: "tmp", emptyDir: {} }],
        initContainers: [goodContainer("migrate"), { ...goodContainer("proxy"), restartPolicy: "Always" }],
        containers: [goodContainer("app"), goodContainer("metrics")],
        ephemeralContainers: [goodContainer("debug")],
    };
}

/** Every kind that contains a pod, with its API version and the path to the pod. */
export const kinds: readonly { readonly kind: string; readonly api: string; readonly path: readonly string[] }[] = [
    { kind: "Pod", api: "core/v1", path: [] },
    { kind: "PodTemplate", api: "core/v1", path: ["template"] },
    { kind: "ReplicationController", api: "core/v1", path: ["spec", "template"] },
    { kind: "Deployment", api: "apps/v1", path: ["spec", "template"] },
    { kind: "DaemonSet", api: "apps/v1", path: ["spec", "template"] },
    { kind: "ReplicaSet", api: "apps/v1", path: ["spec", "template"] },
    { kind: "StatefulSet", api: "apps/v1", path: ["spec", "template"] },
    { kind: "Job", api: "batch/v1", path: ["spec", "template"] },
    { kind: "CronJob", api: "batch/v1", path: ["spec", "jobTemplate", "spec", "template"] },
    { kind: "Rollout", api: "argoproj.io/v1alpha1", path: ["spec", "template"] },
];

/** An object in the namespace `shop` with a pod's metadata and spec at the kind's path. */
export function wrap(path: readonly string[], spec: unknown, metadata: Json = {}): Json {
    if (path.length === 0) {
        return { metadata: { namespace: "shop", ...metadata }, spec };
    }
    const pod: Json = { metadata, spec };
    return { metadata: { namespace: "shop" }, ...path.reduceRight<Json>((inner, key) => ({ [key]: inner }), pod) };
}

/** A resource of a kind that contains a pod. */
export function resourceOf(kind: (typeof kinds)[number], spec: unknown, metadata?: Json): PolicyResource {
    return resource(`kubernetes:${kind.api}:${kind.kind}`, wrap(kind.path, spec, metadata));
}

/** A resource of any type, in the stack `dev`. */
export function resource(type: string, props: Json, name = "web"): PolicyResource {
    return { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, name, props };
}

/** Sets `target.a.b.c` and creates missing objects; `undefined` deletes the field. */
export function put(target: Json, path: readonly string[], value: unknown): void {
    const [first, ...rest] = path;
    if (first === undefined) {
        throw new Error("the path is empty");
    }
    if (rest.length > 0) {
        target[first] ??= /^\d+$/.test(rest[0]!) ? [] : {};
        put(target[first] as Json, rest, value);
    } else if (value === undefined) {
        Reflect.deleteProperty(target, first);
    } else {
        target[first] = value;
    }
}

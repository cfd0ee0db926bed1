import assert from "node:assert/strict";

import { customKinds } from "../../custom-resources/pods";
import { joined, steps, type CustomKind, type FieldPath, type PodLocation } from "../../custom-resources/pod-types";
import { readCrds } from "../../tools/crds/folder";
import type { KubeObject } from "../../tools/crds/object";
import { at, isObject, listAt, textAt, type Json } from "../../tools/plan/json";

/** Kinds whose schema has pods' fields, and that make no pods that anything here has to judge or count. */
const notListed: Readonly<Record<string, string>> = {
    "acme.cert-manager.io Challenge": "made by cert-manager from an Issuer",
    "elbv2.k8s.aws ALBTargetControlConfig": "not used; a sidecar that is injected into pods of others",
    "autoops.k8s.elastic.co AutoOpsAgentPolicy": "not used; sends a cluster's data to Elastic's own cloud",
    "packageregistry.k8s.elastic.co PackageRegistry": "not used; serves packages to Kibana without internet access",
    "opentelemetry.io Instrumentation": "changes pods of others at admission, and is not one",
    "redis.redis.opstreelabs.in Redis": "not used: the cache is StatefulSets of ours",
    "redis.redis.opstreelabs.in RedisCluster": "not used: the cache is StatefulSets of ours",
    "redis.redis.opstreelabs.in RedisReplication": "not used: the cache is StatefulSets of ours",
    "redis.redis.opstreelabs.in RedisSentinel": "not used: the cache is StatefulSets of ours",
    "litmuschaos.io ChaosExperiment": "not used; its jobs come and go with an experiment",
};

type Look = { readonly found: Json | undefined; readonly free: boolean };

/** Follows a path through a schema; below a field that preserves what it does not know, every path is possible. */
function schemaAt(schema: Json | undefined, path: FieldPath): Look {
    let found = schema;
    for (const step of steps(path)) {
        const next = step === "*" ? at(found, "items") : at(found, "properties", step);
        if (next === undefined) {
            return { found: undefined, free: at(found, "x-kubernetes-preserve-unknown-fields") === true };
        }
        found = next;
    }
    return { found, free: false };
}

function schemaOf(crd: KubeObject): Json | undefined {
    const stored = listAt(crd, "spec", "versions").find((version) => at(version, "storage") === true);
    return at(stored, "schema", "openAPIV3Schema");
}

/** Each path of a location, with what has to be at its end. */
function paths({
    at: base,
    when,
    count,
    template,
    fields,
}: PodLocation): (readonly [FieldPath, (at: Json) => boolean])[] {
    const typed = (type: string) => (node: Json) => textAt(node, "type") === type;
    const holds =
        (...names: readonly string[]) =>
        (node: Json) =>
            names.every((name) => at(node, "properties", name) !== undefined) ||
            at(node, "x-kubernetes-preserve-unknown-fields") === true;
    const shapes: Readonly<Record<string, (node: Json) => boolean>> = {
        image: typed("string"),
        resources: holds("requests", "limits"),
        securityContext: holds("runAsNonRoot", "seccompProfile"),
        "affinity.nodeAffinity": holds("requiredDuringSchedulingIgnoredDuringExecution"),
        "affinity.podAffinity": holds("requiredDuringSchedulingIgnoredDuringExecution"),
        "affinity.podAntiAffinity": holds("requiredDuringSchedulingIgnoredDuringExecution"),
        "securityContext.seccompProfile": holds("type"),
        affinity: holds("nodeAffinity", "podAntiAffinity"),
        nodeSelector: typed("object"),
        tolerations: typed("array"),
        topologySpreadConstraints: typed("array"),
        volumes: typed("array"),
        env: typed("array"),
        envFrom: typed("array"),
        labels: typed("object"),
        annotations: typed("object"),
        hostNetwork: typed("boolean"),
        hostPID: typed("boolean"),
        hostUsers: typed("boolean"),
        automountServiceAccountToken: typed("boolean"),
    };
    const named = (map: Readonly<Record<string, FieldPath>> = {}) =>
        Object.entries(map).map(([field, path]) => [path, shapes[field] ?? typed("string")] as const);
    const relative: (readonly [FieldPath | undefined, (at: Json) => boolean])[] = [
        ["", isObject],
        [when, typed("boolean")],
        [count?.at, typed("integer")],
        [count?.times, typed("integer")],
        [count?.autoscaler?.min, typed("integer")],
        [count?.autoscaler?.max, typed("integer")],
        [template, holds("metadata", "spec")],
        [fields?.moreContainers, (node) => holds("name", "image")(at(node, "items") ?? null)],
        [fields?.moreInitContainers, (node) => holds("name", "image")(at(node, "items") ?? null)],
        ...named(fields?.spec),
        ...named(fields?.metadata),
        ...(fields?.containers ?? []).flatMap((container) => [
            [container.when, typed("boolean")] as const,
            ...named(container.fields),
        ]),
    ];
    return relative.flatMap(([path, shape]) => (path === undefined ? [] : [[joined(base, path), shape] as const]));
}

/** Whether a schema has, somewhere in `spec`, what describes a pod's containers. */
function describesPods(schema: Json | undefined): boolean {
    if (!isObject(schema)) {
        return false;
    }
    const has = (...names: readonly string[]) => names.every((name) => at(schema, "properties", name) !== undefined);
    const sized = at(schema, "properties", "resources", "properties", "limits") !== undefined;
    if (has("containers") || has("podTemplate") || sized) {
        return true;
    }
    const below = at(schema, "properties");
    const claims = [
        "storage",
        "volumeClaimTemplate",
        "persistentVolumeClaim",
        "pvcTemplate",
        "ephemeral",
        "volumeSpec",
    ];
    return (
        Object.entries(isObject(below) ? below : {}).some(
            ([name, one]) => !claims.some((claim) => name === claim) && describesPods(one),
        ) || describesPods(at(schema, "items"))
    );
}

describe("places of pods in custom resources", () => {
    let crds: readonly KubeObject[];

    before(() => {
        crds = readCrds();
    });

    function crdOf({ apiGroup, kind }: Pick<CustomKind, "apiGroup" | "kind">): KubeObject | undefined {
        return crds.find(({ spec }) => textAt(spec, "group") === apiGroup && textAt(spec, "names", "kind") === kind);
    }

    for (const custom of customKinds) {
        it(`are in the pinned definition of ${custom.apiGroup} ${custom.kind}`, () => {
            const crd = crdOf(custom);
            assert.ok(crd !== undefined, "no such definition is pinned");
            for (const [path, fits] of custom.pods.flatMap(paths)) {
                const { found, free } = schemaAt(schemaOf(crd), path);
                assert.ok(free || found !== undefined, `${path} is not in the schema`);
                assert.ok(free || (found !== undefined && fits(found)), `${path} is something else in the schema`);
            }
        });

        it(`have the defaults of the definition of ${custom.apiGroup} ${custom.kind}`, () => {
            for (const { at: base, count } of custom.pods) {
                if (count?.at !== undefined) {
                    const { found } = schemaAt(schemaOf(crdOf(custom)!), joined(base, count.at));
                    assert.equal(count.default, at(found, "default") ?? count.default, `${base} ${count.at}`);
                }
            }
        });
    }

    it("are listed for every pinned kind that describes pods, or the test says why not", () => {
        const names = crds
            .filter((crd) => describesPods(at(schemaOf(crd), "properties", "spec")))
            .map(({ spec }) => `${textAt(spec, "group") ?? ""} ${textAt(spec, "names", "kind") ?? ""}`)
            .filter((name) => notListed[name] === undefined);
        assert.deepEqual(names.sort(), customKinds.map(({ apiGroup, kind }) => `${apiGroup} ${kind}`).sort());
    });

    it("would be missed by the test where a path or a shape is wrong", () => {
        const schema = schemaOf(crdOf({ apiGroup: "postgresql.cnpg.io", kind: "Cluster" })!);
        assert.deepEqual(schemaAt(schema, "spec.resource"), { found: undefined, free: false });
        assert.equal(schemaAt(schema, "spec.podTemplate.spec").found, undefined);
        const [, image] = paths({ at: "spec", fields: { spec: { image: "resources" } } });
        assert.equal(image?.[1](schemaAt(schema, image[0]).found ?? null), false);
    });
});

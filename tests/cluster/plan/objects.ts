import { renderHelm, renderKubernetes, unknownMarker, type PlannedResource } from "../../../tools/plan/index";
import { copyOf, isKubeObject, isObject, type Json, type KubeObject } from "../control-plane/json";
import { inDependencyOrder } from "./order";

/** One Kubernetes object of a plan, ready to be applied. */
export interface PlannedObject {
    /** URN of the resource that makes it. */
    readonly urn: string;
    readonly object: KubeObject;
    /** Paths of the values that only an update tells; {@link standIn} stands there, or nothing for a whole field. */
    readonly unknowns: readonly string[];
}

/** Stands for a value that only an update tells: a word that is legal as a name, a label and a text. */
export const standIn = "known-after-update";

/** Fields whose definition asks for an id of AWS' own shape, and one of that shape. */
const shaped: readonly (readonly [RegExp, string])[] = [[/subnetSelectorTerms\[\d+\]\.id$/, "subnet-0a"]];

function standInAt(path: string): string {
    return shaped.find(([pattern]) => pattern.test(path))?.[1] ?? standIn;
}

/** The Kubernetes objects of a plan in the program's own dependency order. */
export function plannedObjects(plan: { readonly resources: readonly PlannedResource[] }): PlannedObject[] {
    const position = new Map(inDependencyOrder(plan.resources).map(({ urn }, index) => [urn, index]));
    return renderKubernetes(plan)
        .map(({ urn, manifest, unknownFields }) => {
            const unknowns = [...unknownFields];
            const object = filled(copyOf(manifest), "", unknowns);
            if (!isKubeObject(object)) {
                throw new Error(`${urn} makes no Kubernetes object`);
            }
            return { urn, object, unknowns };
        })
        .sort((a, b) => (position.get(a.urn) ?? 0) - (position.get(b.urn) ?? 0));
}

/** What a plan leaves to Helm, by release: nothing of it is applied, only the definitions of its custom resources. */
export function helmReleases(plan: { readonly resources: readonly PlannedResource[] }): string[] {
    return renderHelm(plan).map(({ path }) => path.replace(/^helm\/|\.yaml$/g, ""));
}

function filled(value: Json, path: string, unknowns: string[]): Json {
    if (value === unknownMarker) {
        unknowns.push(path);
        return standInAt(path);
    }
    if (Array.isArray(value)) {
        return value.map((item, index) => filled(item, `${path}[${index}]`, unknowns));
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, filled(item, path === "" ? key : `${path}.${key}`, unknowns)]),
    );
}

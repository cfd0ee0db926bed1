import {
    steps,
    type CustomKind,
    type FieldPath,
    type OwnContainer,
    type PodCount,
    type PodFields,
} from "../../../custom-resources/pod-types";
import { customKinds } from "../../../custom-resources/pods";
import { podResources, type Resources } from "./pod-resources";
import { at, isObject, listAt, textAt, type Json, type JsonObject } from "../json";
import { groupOf, type KubernetesObject } from "../render/kubernetes";
import { poolOf } from "./pods";

/** One description of pods in a custom resource, as a pod template. */
export interface DescribedPods {
    /** The object that contains the description: `spec`, or an element of a list. */
    readonly base: JsonObject;
    /** Undefined for temporary pods, and if another description counts them. */
    readonly count: number | undefined;
    /** Maximum number of pods if the kind has its own autoscaler, otherwise `count`. */
    readonly maxCount: number | undefined;
    readonly everyNode: boolean;
    /** `metadata` and `spec` of a pod, from the resource, with the resource requests that the operator documents. */
    readonly template: JsonObject;
}

/** Pods that an operator runs for a custom resource, one entry per description. */
export interface CustomPods extends Resources {
    /** Name of the custom resource, followed by the node set or similar, if any. */
    readonly name: string;
    readonly namespace: string;
    /** Node pool of the pods. */
    readonly pool: string;
    readonly count: number;
    /** Maximum number of pods if the kind has its own autoscaler, otherwise `count`. */
    readonly maxCount: number;
    /** One pod on every node instead of a number. */
    readonly everyNode: boolean;
}

/**
 * The pods that an operator runs for a custom resource, by `kinds`; requests and limits are those of one pod. Other objects
 * are not read: a KafkaNodePool without a template, which its Kafka provides, is counted in the default pool.
 */
export function podsOfCustom(object: KubernetesObject, kinds: readonly CustomKind[] = customKinds): CustomPods[] {
    const { manifest, name, namespace, patch } = object;
    return (patch ? [] : describedPods(manifest, kinds)).flatMap(({ base, count, maxCount, everyNode, template }) => {
        if (count === undefined) {
            return [];
        }
        const role = textAt(base, "name");
        return {
            name: role === undefined || base === manifest ? name : `${name}/${role}`,
            namespace: namespace ?? "",
            pool: poolOf(template),
            count,
            maxCount: maxCount ?? count,
            everyNode,
            ...podResources(template),
        };
    });
}

/** All descriptions of pods in an object of a custom kind, including those without a count; empty for other kinds. */
export function describedPods(object: JsonObject, kinds: readonly CustomKind[] = customKinds): DescribedPods[] {
    const group = groupOf(textAt(object, "apiVersion") ?? "");
    const locations = kinds
        .filter(({ apiGroup, kind }) => apiGroup === group && kind === object["kind"])
        .flatMap(({ pods }) => pods);
    return locations.flatMap((location) =>
        matchingObjects(object, location.at).flatMap((base): DescribedPods[] => {
            const get = (path: FieldPath): Json | undefined => at(path.startsWith("/") ? object : base, ...steps(path));
            if (location.when !== undefined && get(location.when) !== true) {
                return [];
            }
            const ownTemplate = location.template === undefined ? undefined : get(location.template);
            return [
                {
                    base,
                    ...countOf(location.count, get),
                    everyNode: location.count?.everyNode === true,
                    template: templateOf(isObject(ownTemplate) ? ownTemplate : {}, location.fields ?? {}, get),
                },
            ];
        }),
    );
}

/** The objects that match a path with `*`. */
function matchingObjects(object: JsonObject, path: FieldPath): JsonObject[] {
    const next = (one: Json, step: string): Json[] => (step === "*" ? listAt(one) : [at(one, step) ?? null]);
    return steps(path)
        .reduce<Json[]>((found, step) => found.flatMap((one) => next(one, step)), [object])
        .filter(isObject);
}

type Get = (path: FieldPath) => Json | undefined;

function countOf(count: PodCount | undefined, get: Get): Pick<DescribedPods, "count" | "maxCount"> {
    if (count === undefined) {
        return { count: undefined, maxCount: undefined };
    }
    const number = (path: FieldPath | undefined): number | undefined => {
        const found = path === undefined ? undefined : get(path);
        return typeof found === "number" ? found : undefined;
    };
    const fixed = (number(count.at) ?? count.default) * (number(count.times) ?? 1);
    const max = number(count.autoscaler?.max);
    // The default minimum of an autoscaler is one pod.
    const min = max === undefined ? fixed : (number(count.autoscaler?.min) ?? 1);
    return { count: min, maxCount: max ?? fixed };
}

/** The pod template of a description. The template's fields have precedence over the kind's own fields. */
function templateOf(ownTemplate: JsonObject, fields: PodFields, get: Get): JsonObject {
    const spec = withFields(at(ownTemplate, "spec"), fields.spec ?? {}, get);
    const own = (fields.containers ?? []).filter(({ when }) => when === undefined || get(when) === true);
    const list = (init: boolean, name: string, more: FieldPath | undefined): JsonObject => {
        const others = [...listAt(spec, name), ...listAt(more === undefined ? undefined : get(more))];
        const operators = own
            .filter((one) => (one.init === true) === init)
            .map((one) => ownContainer(one, others, get));
        const rest = others.filter((other) => !operators.some((one) => one["name"] === at(other, "name")));
        return operators.length + rest.length === 0 ? {} : { [name]: [...operators, ...rest] };
    };
    return {
        ...ownTemplate,
        metadata: withFields(at(ownTemplate, "metadata"), fields.metadata ?? {}, get),
        spec: {
            ...spec,
            ...list(true, "initContainers", fields.moreInitContainers),
            ...list(false, "containers", fields.moreContainers),
        },
    };
}

function ownContainer({ name, fields, defaultResources }: OwnContainer, others: readonly Json[], get: Get): JsonObject {
    const inTemplate = others.find((other) => at(other, "name") === name);
    const container: JsonObject = { name, ...withFields(inTemplate, fields, get) };
    const defaults = typeof defaultResources === "object" ? (defaultResources as JsonObject) : undefined;
    return container["resources"] === undefined && defaults !== undefined
        ? { ...container, resources: defaults }
        : container;
}

/** An object with the kind's own fields added; a name with dots is a field of a nested object. */
function withFields(object: Json | undefined, fields: Readonly<Record<string, FieldPath>>, get: Get): JsonObject {
    let result: JsonObject = isObject(object) ? object : {};
    for (const [name, path] of Object.entries(fields)) {
        const value = get(path);
        if (value !== undefined) {
            result = withField(result, name.split("."), value);
        }
    }
    return result;
}

function withField(object: JsonObject, [first = "", ...rest]: readonly string[], value: Json): JsonObject {
    const before = object[first];
    if (rest.length > 0) {
        return { ...object, [first]: withField(isObject(before) ? before : {}, rest, value) };
    }
    return before === undefined ? { ...object, [first]: value } : object;
}

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

/** One description of pods in a custom resource, as a pod's template. */
export interface DescribedPods {
    /** The object that the description is in: `spec`, or an element of a list. */
    readonly base: JsonObject;
    /** Undefined for pods that come and go, or that another description counts. */
    readonly count: number | undefined;
    /** Most pods, where the kind has an autoscaler of its own; else as `count`. */
    readonly most: number | undefined;
    readonly everyNode: boolean;
    /** `metadata` and `spec` of a pod, with what the resource says and the sizes that its operator documents. */
    readonly template: JsonObject;
}

/** What an operator keeps running for a custom resource: one entry for each of its descriptions of pods. */
export interface CustomPods extends Resources {
    /** Name of the custom resource, and of the node set or the like that the pods belong to. */
    readonly name: string;
    readonly namespace: string;
    /** Node pool that the pods ask for. */
    readonly pool: string;
    readonly count: number;
    /** Most pods, where the kind has an autoscaler of its own; else as `count`. */
    readonly most: number;
    /** One pod on every node rather than a number of them. */
    readonly everyNode: boolean;
}

/**
 * The pods that a custom resource keeps running, by the tables of kinds; requests and limits are those of one pod. Only
 * the object itself is read: a KafkaNodePool that leaves its template to its Kafka counts in the default pool.
 */
export function podsOfCustom(object: KubernetesObject, kinds: readonly CustomKind[] = customKinds): CustomPods[] {
    const { manifest, name, namespace, patch } = object;
    return (patch ? [] : describedPods(manifest, kinds)).flatMap(({ base, count, most, everyNode, template }) => {
        if (count === undefined) {
            return [];
        }
        const role = textAt(base, "name");
        return {
            name: role === undefined || base === manifest ? name : `${name}/${role}`,
            namespace: namespace ?? "",
            pool: poolOf(template),
            count,
            most: most ?? count,
            everyNode,
            ...podResources(template),
        };
    });
}

/** Every description of pods in an object of a custom kind, counted or not; none for other kinds. */
export function describedPods(object: JsonObject, kinds: readonly CustomKind[] = customKinds): DescribedPods[] {
    const group = groupOf(textAt(object, "apiVersion") ?? "");
    const locations = kinds
        .filter(({ apiGroup, kind }) => apiGroup === group && kind === object["kind"])
        .flatMap(({ pods }) => pods);
    return locations.flatMap((location) =>
        placesOf(object, location.at).flatMap((base): DescribedPods[] => {
            const get = (path: FieldPath): Json | undefined => at(path.startsWith("/") ? object : base, ...steps(path));
            if (location.when !== undefined && get(location.when) !== true) {
                return [];
            }
            const given = location.template === undefined ? undefined : get(location.template);
            return [
                {
                    base,
                    ...countOf(location.count, get),
                    everyNode: location.count?.everyNode === true,
                    template: templateOf(isObject(given) ? given : {}, location.fields ?? {}, get),
                },
            ];
        }),
    );
}

/** The objects that a path with `*` leads to. */
function placesOf(object: JsonObject, path: FieldPath): JsonObject[] {
    const next = (one: Json, step: string): Json[] => (step === "*" ? listAt(one) : [at(one, step) ?? null]);
    return steps(path)
        .reduce<Json[]>((found, step) => found.flatMap((one) => next(one, step)), [object])
        .filter(isObject);
}

type Get = (path: FieldPath) => Json | undefined;

function countOf(count: PodCount | undefined, get: Get): Pick<DescribedPods, "count" | "most"> {
    if (count === undefined) {
        return { count: undefined, most: undefined };
    }
    const number = (path: FieldPath | undefined): number | undefined => {
        const found = path === undefined ? undefined : get(path);
        return typeof found === "number" ? found : undefined;
    };
    const fixed = (number(count.at) ?? count.default) * (number(count.times) ?? 1);
    const max = number(count.autoscaler?.max);
    // An autoscaler without a minimum keeps one pod.
    const min = max === undefined ? fixed : (number(count.autoscaler?.min) ?? 1);
    return { count: min, most: max ?? fixed };
}

/** What the resource says, as a pod. What stands in the template goes before what the kind has fields for. */
function templateOf(given: JsonObject, fields: PodFields, get: Get): JsonObject {
    const spec = withFields(at(given, "spec"), fields.spec ?? {}, get);
    const own = (fields.containers ?? []).filter(({ when }) => when === undefined || get(when) === true);
    const list = (init: boolean, name: string, more: FieldPath | undefined): JsonObject => {
        const others = [...listAt(spec, name), ...listAt(more === undefined ? undefined : get(more))];
        const made = own.filter((one) => (one.init === true) === init).map((one) => ownContainer(one, others, get));
        const rest = others.filter((other) => !made.some((one) => one["name"] === at(other, "name")));
        return made.length + rest.length === 0 ? {} : { [name]: [...made, ...rest] };
    };
    return {
        ...given,
        metadata: withFields(at(given, "metadata"), fields.metadata ?? {}, get),
        spec: {
            ...spec,
            ...list(true, "initContainers", fields.moreInitContainers),
            ...list(false, "containers", fields.moreContainers),
        },
    };
}

function ownContainer({ name, fields, defaultResources }: OwnContainer, others: readonly Json[], get: Get): JsonObject {
    const written = others.find((other) => at(other, "name") === name);
    const known: JsonObject = { name, ...withFields(written, fields, get) };
    const sizes = typeof defaultResources === "object" ? (defaultResources as JsonObject) : undefined;
    return known["resources"] === undefined && sizes !== undefined ? { ...known, resources: sizes } : known;
}

/** An object with what the kind's own fields add to it; a name with dots leads into it. */
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

/**
 * Path of a field: names joined by dots, `*` for each element of a list, `""` for the object at which the path starts. A
 * path that begins with `/` starts at the custom resource.
 */
export type FieldPath = string;

/** A custom kind whose controller creates pods, and the fields that describe them. */
export interface CustomKind {
    readonly apiGroup: string;
    readonly kind: string;
    readonly pods: readonly PodLocation[];
}

/** One description of pods in a custom resource: a template, single fields, or both. */
export interface PodLocation {
    /** Object that contains the description; all other paths start here. With `*`, each element is one description. */
    readonly at: FieldPath;
    /** Boolean field that must be true for the pods to exist. @default they always exist */
    readonly when?: FieldPath;
    /** Number of pods. Absent for temporary pods, and if another location counts them. */
    readonly count?: PodCount;
    /** Object with `metadata` and `spec` of a pod. */
    readonly template?: FieldPath;
    /**
     * Whether the pod is created from the template alone, as in a Deployment. Otherwise the operator completes it, and only
     * the fields that are set are known. @default false
     */
    readonly whole?: boolean;
    /** Fields of the kind that describe the pod outside a template. */
    readonly fields?: PodFields;
}

/** The number of pods; each path leads to a number. */
export interface PodCount {
    readonly at?: FieldPath;
    /** The number if the field is absent: the definition's default, or the one that the operator documents. */
    readonly default: number;
    /** Multiplies the number, for example by shards. @default 1 */
    readonly times?: FieldPath;
    /** Bounds of the kind's own autoscaler; they replace the number if they are set. */
    readonly autoscaler?: { readonly min: FieldPath; readonly max: FieldPath };
    /** One pod on each node instead of a number. */
    readonly everyNode?: true;
}

/** Fields of a kind that describe a pod, with the pod's field names as keys. */
export interface PodFields {
    /** Field of a pod's `spec` (dots lead into it) -> the kind's field. */
    readonly spec?: Readonly<Record<string, FieldPath>>;
    /** Field of a pod's `metadata` -> the kind's field. */
    readonly metadata?: Readonly<Record<string, FieldPath>>;
    /** Containers that the operator creates. */
    readonly containers?: readonly OwnContainer[];
    /** Lists of containers, in the format of a pod, that the operator adds. */
    readonly moreContainers?: FieldPath;
    readonly moreInitContainers?: FieldPath;
}

/** A container that the operator creates. */
export interface OwnContainer {
    readonly name: string;
    /** Whether it is an init container. @default false */
    readonly init?: true;
    /** As for {@link PodLocation.when}. */
    readonly when?: FieldPath;
    /** Field of a container -> the kind's field. */
    readonly fields: Readonly<Record<string, FieldPath>>;
    /** Documented default of absent `resources`. @default none: the container has no resources either */
    readonly defaultResources?: ResourceAmounts | "undocumented";
}

export interface ResourceAmounts {
    readonly requests?: { readonly cpu?: string; readonly memory?: string };
    readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/** `path` below `base`; `base` itself if `path` is empty. */
export function joined(base: FieldPath, path: FieldPath): FieldPath {
    if (path.startsWith("/")) {
        return path.slice(1);
    }
    return base === "" || path === "" ? base + path : `${base}.${path}`;
}

/** The names in a path. */
export function steps(path: FieldPath): readonly string[] {
    const bare = path.startsWith("/") ? path.slice(1) : path;
    return bare === "" ? [] : bare.split(".");
}

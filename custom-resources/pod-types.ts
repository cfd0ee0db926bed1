/**
 * A field's place: names joined by dots, `*` for each element of a list, `""` for the object where it starts. One that
 * begins with `/` starts at the custom resource itself.
 */
export type FieldPath = string;

/** A kind that is not built into Kubernetes and whose controller makes pods, and where it says what they are like. */
export interface CustomKind {
    readonly apiGroup: string;
    readonly kind: string;
    readonly pods: readonly PodLocation[];
}

/** One description of pods in a custom resource: a template, single fields, or both. */
export interface PodLocation {
    /** Object that the description is in; all other paths start here. With `*` there is one description an element. */
    readonly at: FieldPath;
    /** A boolean without whose `true` there are no such pods. @default there are */
    readonly when?: FieldPath;
    /** How many pods it stands for. Left out for pods that come and go, and where another location counts them. */
    readonly count?: PodCount;
    /** Object with `metadata` and `spec` of a pod. */
    readonly template?: FieldPath;
    /**
     * Whether the template is all that the pod is made from, as in a Deployment. Otherwise the operator fills in what is
     * left out, and only what is written is known. @default false
     */
    readonly whole?: boolean;
    /** What the kind says in fields of its own. */
    readonly fields?: PodFields;
}

/** How many pods there are; each path leads to a number. */
export interface PodCount {
    readonly at?: FieldPath;
    /** Where the number is left out: the definition's default, or what the operator documents. */
    readonly default: number;
    /** Multiplies the number, e.g. shards. @default 1 */
    readonly times?: FieldPath;
    /** Bounds of the kind's own autoscaler; they replace the number where they are set. */
    readonly autoscaler?: { readonly min: FieldPath; readonly max: FieldPath };
    /** One pod on each node, and no number. */
    readonly everyNode?: true;
}

/** A pod's description in fields that a kind names its own way. */
export interface PodFields {
    /** Field of a pod's `spec` (dots lead into it) -> the kind's field. */
    readonly spec?: Readonly<Record<string, FieldPath>>;
    /** Field of a pod's `metadata` -> the kind's field. */
    readonly metadata?: Readonly<Record<string, FieldPath>>;
    /** Containers that the operator makes. */
    readonly containers?: readonly OwnContainer[];
    /** Lists of containers, written as in a pod, that the operator adds. */
    readonly moreContainers?: FieldPath;
    readonly moreInitContainers?: FieldPath;
}

/** A container that the operator makes. */
export interface OwnContainer {
    readonly name: string;
    /** It runs before the others. @default false */
    readonly init?: true;
    /** As for {@link PodLocation.when}. */
    readonly when?: FieldPath;
    /** Field of a container -> the kind's field. */
    readonly fields: Readonly<Record<string, FieldPath>>;
    /** What the operator documents for `resources` that are left out. @default nothing: left out here is left out there */
    readonly defaultResources?: ResourceAmounts | "undocumented";
}

export interface ResourceAmounts {
    readonly requests?: { readonly cpu?: string; readonly memory?: string };
    readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/** `spec.a` below `base`; where `path` is empty it is `base` itself. */
export function joined(base: FieldPath, path: FieldPath): FieldPath {
    if (path.startsWith("/")) {
        return path.slice(1);
    }
    return base === "" || path === "" ? base + path : `${base}.${path}`;
}

/** The names that a path consists of. */
export function steps(path: FieldPath): readonly string[] {
    const bare = path.startsWith("/") ? path.slice(1) : path;
    return bare === "" ? [] : bare.split(".");
}

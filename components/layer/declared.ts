import { type TrafficGraph, trafficGraph } from "../../catalog/graph";
import type { StoreEndpoint, StoreEndpoints } from "../../catalog/stores";
import type { NamespaceName, Workloads } from "../../catalog/types";
import type { Pins } from "../../config/image-lock";
import type { CustomKind } from "../../custom-resources/pod-types";
import type { Declaration, DeclaredChart, DeclaredImage, DeclaredNodePool, PodGroup } from "./declaration";
import { mirrored, repositoryOf } from "../common/images";

/** The declarations of all layers, combined. */
export interface Declared {
    readonly images: readonly DeclaredImage[];
    /** Digests of `images.lock.json`, by image. */
    readonly pins: Pins;
    readonly pods: readonly PodGroup[];
    readonly charts: readonly DeclaredChart[];
    readonly nodePools: readonly DeclaredNodePool[];
    readonly stores: StoreEndpoints;
    /** Custom kinds of the layers' objects that run pods. */
    readonly customKinds: readonly CustomKind[];
    /** The calls of the catalogue's workloads and of the jobs, and the callers of each store. */
    readonly graph: TrafficGraph;
}

function storesOf(declarations: readonly (readonly [layer: string, own: Declaration])[]): StoreEndpoints {
    const found = new Map<string, { readonly layer: string; readonly endpoint: StoreEndpoint }>();
    for (const [layer, { stores = {} }] of declarations) {
        for (const [name, endpoint] of Object.entries(stores)) {
            const other = found.get(name);
            if (other !== undefined) {
                throw new Error(`store ${name} is declared by ${other.layer} and by ${layer}; remove one of them`);
            }
            found.set(name, { layer, endpoint });
        }
    }
    return Object.fromEntries([...found].map(([name, { endpoint }]) => [name, endpoint]));
}

/** NetworkPolicies are named after groups: groups of the same name would overwrite each other's rules. */
function checkNames(groups: readonly PodGroup[]): void {
    const seen = new Set<string>();
    for (const { namespace, name } of groups) {
        if (seen.has(`${namespace}/${name}`)) {
            throw new Error(`two groups of pods are called ${name} in ${namespace}; rename one of them`);
        }
        seen.add(`${namespace}/${name}`);
    }
}

/**
 * Combines the layers' declarations.
 *
 * @throws Error for a store or a group of pods that is declared twice, and for a call to a store that no layer provides
 */
export function fold(
    declarations: readonly (readonly [layer: string, own: Declaration])[],
    workloads: Workloads,
    customKinds: readonly CustomKind[] = [],
    pins: Pins = {},
): Declared {
    const all = declarations.map(([, own]) => own);
    const stores = storesOf(declarations);
    const pods = all.flatMap((own) => own.pods ?? []);
    checkNames(pods);
    return {
        images: all.flatMap((own) => own.images ?? []),
        pins,
        pods,
        charts: all.flatMap((own) => own.charts ?? []),
        nodePools: all.flatMap((own) => own.nodePools ?? []),
        stores,
        customKinds,
        graph: trafficGraph(
            workloads,
            stores,
            Object.fromEntries(all.flatMap(({ jobs = {} }) => Object.entries(jobs))),
        ),
    };
}

/** Repositories of every image that a stack runs, sorted; the admission policy's list (G9). */
export function admittedRepositories({ images }: Pick<Declared, "images">, mirror: string | undefined): string[] {
    const names = images.map(({ image, own = false }) => repositoryOf(own ? image : mirrored(image, mirror)));
    return [...new Set(names)].sort();
}

/** Images by full name with tag, without those of the stack's configuration: what a mirror and the lock hold. Sorted. */
export function publishedImages({ images }: Pick<Declared, "images">): readonly string[] {
    return [...new Set(images.filter(({ own = false }) => !own).map(({ image }) => image))].sort();
}

/** Images that run by tag, which their registry may move: neither lock, nor chart, nor configuration has a digest. Sorted. */
export function imagesByTag({ images, pins }: Pick<Declared, "images" | "pins">): readonly string[] {
    const byTag = images.filter(({ image, own = false, pinned = false }) =>
        own ? !image.includes("@") : !pinned && pins[image] === undefined,
    );
    return [...new Set(byTag.map(({ image }) => image))].sort();
}

/**
 * Required contents of a mirror: images by full name with tag, their digests as far as the lock has them, and charts with
 * versions; all sorted. A copy has to keep the digest.
 */
export function mirrorContents(declared: Pick<Declared, "images" | "charts" | "pins">): {
    readonly images: readonly string[];
    readonly digests: Pins;
    readonly byTag: readonly string[];
    readonly charts: readonly string[];
} {
    const { charts, pins } = declared;
    const images = publishedImages(declared);
    const locked = images.flatMap((image) => (pins[image] === undefined ? [] : [[image, pins[image]] as const]));
    const sources = charts.map(({ repo, chart, version }) => `${repo}/${chart}:${version}`);
    return {
        images,
        digests: Object.fromEntries(locked),
        byTag: imagesByTag(declared),
        charts: [...new Set(sources)].sort(),
    };
}

/** The groups of pods in one namespace. */
export function podsIn(
    { pods }: Pick<Declared, "pods">,
    namespace: NamespaceName | "kube-system",
): readonly PodGroup[] {
    return pods.filter((group) => group.namespace === namespace);
}

/** Pods that serve metrics, for monitoring to scrape, by labels that only these pods have (OB-01). */
export function scrapeTargets({ pods }: Pick<Declared, "pods">) {
    return pods.flatMap(({ name, namespace, labels, callers }) =>
        callers.flatMap((caller) => ("metrics" in caller ? [{ name, namespace, labels, port: caller.metrics }] : [])),
    );
}

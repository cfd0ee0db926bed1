import { groupOf, objectsOf, releaseOf, type HelmRelease, type KubernetesObject } from "./kubernetes";
import type { JsonObject } from "../json";
import { unknownMarker } from "../record/markers";
import type { PlannedResource } from "../record/types";
import { toYaml } from "./yaml";

/** A file of a rendered plan. */
export interface RenderedFile {
    /** Relative to the stack's folder, with `/` between folders. */
    readonly path: string;
    readonly text: string;
}

/** A Kubernetes object and its file. */
export interface RenderedObject extends KubernetesObject {
    readonly file: RenderedFile;
}

/** Folder of cluster-scoped objects; no namespace can have this name. */
const clusterFolder = "_cluster";
const unknownFolder = "_unknown";

/**
 * The Kubernetes objects of a plan, each with its file `kubernetes/<namespace>/<kind>-<name>.yaml`, sorted by path.
 * Two calls return byte-equal files.
 *
 * @throws Error if two resources create the same object: the second would fail in a cluster.
 */
export function renderKubernetes(plan: { readonly resources: readonly PlannedResource[] }): RenderedObject[] {
    const byPath = new Map<string, KubernetesObject>();
    const rendered = plan.resources.flatMap(objectsOf).map((object) => {
        const path = assignPath(object, byPath);
        return { ...object, file: { path, text: manifestText(object) } };
    });
    return rendered.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** The path of an object. If kinds of two API groups have the same name, the second path contains the group. */
function assignPath(object: KubernetesObject, byPath: Map<string, KubernetesObject>): string {
    const folder = object.namespace === unknownMarker ? unknownFolder : (object.namespace ?? clusterFolder);
    const kind = `${object.kind.toLowerCase()}${object.patch ? "patch" : ""}`;
    const short = `kubernetes/${folder}/${kind}-${fileName(object.name)}.yaml`;
    const long = `kubernetes/${folder}/${kind}.${groupOf(object.apiVersion)}-${fileName(object.name)}.yaml`;
    for (const path of [short, long]) {
        const other = byPath.get(path);
        if (other === undefined) {
            byPath.set(path, object);
            return path;
        }
        if (groupOf(other.apiVersion) === groupOf(object.apiVersion)) {
            throw new Error(
                `Two resources create the same Kubernetes object, ${object.kind} ${object.name} in ${folder}: ` +
                    `${other.urn} and ${object.urn}`,
            );
        }
    }
    throw new Error(`No file name is left for ${object.urn}`);
}

/** Object names may contain `:` (`system:reader`), which some file systems reject. */
function fileName(name: string): string {
    return name === unknownMarker ? "unknown" : name.replaceAll(/[^A-Za-z0-9._-]/g, "_");
}

function manifestText({ manifest, unknownFields }: KubernetesObject): string {
    const notes = unknownFields.map((field) => `# ${field}: known only after an update\n`);
    return notes.join("") + toYaml(manifest);
}

/** The Helm releases of a plan, each with its file `helm/<release>.yaml`, sorted by path. */
export function renderHelm(plan: { readonly resources: readonly PlannedResource[] }): RenderedFile[] {
    const releases = plan.resources.flatMap((resource) => releaseOf(resource) ?? []);
    const files = new Map<string, RenderedFile>();
    for (const release of releases) {
        const short = `helm/${fileName(release.name)}.yaml`;
        // Releases in different namespaces may have the same name.
        const path = files.has(short) ? `helm/${fileName(release.name)}.${release.namespace ?? "default"}.yaml` : short;
        if (files.has(path)) {
            throw new Error(`Two resources create the Helm release ${release.name}; the second is ${release.urn}`);
        }
        files.set(path, { path, text: toYaml(releaseText(release)) });
    }
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function releaseText({ chart, repo, version, namespace, values }: HelmRelease): JsonObject {
    return {
        chart,
        ...(repo === undefined ? {} : { repo }),
        ...(version === undefined ? {} : { version }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(Object.keys(values).length === 0 ? {} : { values }),
    };
}

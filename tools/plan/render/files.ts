import { groupOf, objectsOf, releaseOf, type HelmRelease, type KubernetesObject } from "./kubernetes";
import type { JsonObject } from "../json";
import { unknownMarker } from "../record/markers";
import type { PlannedResource } from "../record/types";
import { toYaml } from "./yaml";

/** A file of a rendered plan. */
export interface RenderedFile {
    /** Below the stack's folder, with `/` between folders. */
    readonly path: string;
    readonly text: string;
}

/** A Kubernetes object and the file that holds it. */
export interface RenderedObject extends KubernetesObject {
    readonly file: RenderedFile;
}

/** Folder of objects that belong to no namespace; no namespace can have this name. */
const clusterFolder = "_cluster";
const unknownFolder = "_unknown";

/**
 * The Kubernetes objects of a plan, each with its file `kubernetes/<namespace>/<kind>-<name>.yaml`, sorted by path.
 * Two calls give byte-equal files.
 *
 * @throws Error when two resources make the same object: the second would fail in a cluster.
 */
export function renderKubernetes(plan: { readonly resources: readonly PlannedResource[] }): RenderedObject[] {
    const taken = new Map<string, KubernetesObject>();
    const rendered = plan.resources.flatMap(objectsOf).map((object) => {
        const path = claim(object, taken);
        return { ...object, file: { path, text: manifestText(object) } };
    });
    return rendered.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** Finds the path of an object. Kinds of one name in two API groups are told apart by the group of the second. */
function claim(object: KubernetesObject, taken: Map<string, KubernetesObject>): string {
    const folder = object.namespace === unknownMarker ? unknownFolder : (object.namespace ?? clusterFolder);
    const kind = `${object.kind.toLowerCase()}${object.patch ? "patch" : ""}`;
    const short = `kubernetes/${folder}/${kind}-${fileName(object.name)}.yaml`;
    const long = `kubernetes/${folder}/${kind}.${groupOf(object.apiVersion)}-${fileName(object.name)}.yaml`;
    for (const path of [short, long]) {
        const other = taken.get(path);
        if (other === undefined) {
            taken.set(path, object);
            return path;
        }
        if (groupOf(other.apiVersion) === groupOf(object.apiVersion)) {
            throw new Error(
                `Two resources make the same Kubernetes object, ${object.kind} ${object.name} in ${folder}: ` +
                    `${other.urn} and ${object.urn}`,
            );
        }
    }
    throw new Error(`No file name is left for ${object.urn}`);
}

/** Object names may hold `:` (`system:reader`), which not every file system takes. */
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
        // Releases of one name may live in several namespaces.
        const path = files.has(short) ? `helm/${fileName(release.name)}.${release.namespace ?? "default"}.yaml` : short;
        if (files.has(path)) {
            throw new Error(`Two resources make the Helm release ${release.name}; the second is ${release.urn}`);
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

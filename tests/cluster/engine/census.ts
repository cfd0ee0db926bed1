import { fieldManager, type KubeClient } from "../control-plane/client";
import { inParallel } from "../control-plane/wait";
import { isObject, listAt, namespaceOf, numberAt, titleOf, type KubeObject } from "../control-plane/json";
import type { PlannedObject } from "../plan/objects";

/** Namespaces that a cluster fills by itself, at a time of its own choosing. */
const system = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** What controllers make of a plan's objects, and what an object would leave behind if it were not taken along. */
const made = ["apps/v1 ReplicaSet", "v1 Pod", "v1 ConfigMap", "v1 Secret", "discovery.k8s.io/v1 EndpointSlice"];

/** Every object of the plan's kinds, and of those that controllers make of them. */
async function everything(client: KubeClient, planned: readonly PlannedObject[]): Promise<KubeObject[]> {
    const kinds = new Set([...planned.map(({ object }) => `${object.apiVersion} ${object.kind}`), ...made]);
    const lists = await inParallel([...kinds], 8, async (entry) => {
        const [apiVersion = "", kind = ""] = entry.split(" ");
        const path = await client.collectionOf(apiVersion, kind);
        if (path === undefined) {
            throw new Error(`${entry} is not served`);
        }
        // A list's items do not say what they are.
        return (await client.list(path)).map((item) => ({ ...item, apiVersion, kind }));
    });
    return lists.flat();
}

const owned = ({ metadata }: KubeObject): boolean =>
    listAt(metadata, "managedFields").some(
        (entry) => isObject(entry) && entry["manager"] === fieldManager && entry["operation"] === "Apply",
    );

/** Titles of all that is outside the system's namespaces: equal before and after a stack's life, nothing is left. */
export async function census(client: KubeClient, planned: readonly PlannedObject[]): Promise<string[]> {
    const objects = await everything(client, planned);
    return objects
        .filter((object) => owned(object) || !system.includes(namespaceOf(object) ?? ""))
        .map(titleOf)
        .sort();
}

/** Objects that the engine's field manager has applied, wherever they are, with their generation. */
export async function ours(
    client: KubeClient,
    planned: readonly PlannedObject[],
): Promise<ReadonlyMap<string, number>> {
    const objects = (await everything(client, planned)).filter(owned);
    const titles = objects.map((object): [string, number] => [
        titleOf(object),
        numberAt(object, "metadata", "generation") ?? 0,
    ]);
    return new Map(titles.sort(([a], [b]) => (a < b ? -1 : 1)));
}

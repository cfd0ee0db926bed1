import { fieldManager, type KubeClient } from "../control-plane/client";
import { inParallel } from "../control-plane/wait";
import { isObject, listAt, namespaceOf, numberAt, titleOf, type KubeObject } from "../control-plane/json";
import type { PlannedObject } from "../plan/objects";

/** Namespaces in which the control plane creates objects. */
const systemNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** Kinds that controllers create for a plan's objects. */
const derivedKinds = ["apps/v1 ReplicaSet", "v1 Pod", "v1 ConfigMap", "v1 Secret", "discovery.k8s.io/v1 EndpointSlice"];

/** Every object of the plan's kinds and of the kinds that controllers create for them. */
async function allObjects(client: KubeClient, planned: readonly PlannedObject[]): Promise<KubeObject[]> {
    const kinds = new Set([...planned.map(({ object }) => `${object.apiVersion} ${object.kind}`), ...derivedKinds]);
    const lists = await inParallel([...kinds], 8, async (entry) => {
        const [apiVersion = "", kind = ""] = entry.split(" ");
        const path = await client.collectionOf(apiVersion, kind);
        if (path === undefined) {
            throw new Error(`${entry} is not served`);
        }
        // Items of a list have no apiVersion and kind.
        return (await client.list(path)).map((item) => ({ ...item, apiVersion, kind }));
    });
    return lists.flat();
}

const owned = ({ metadata }: KubeObject): boolean =>
    listAt(metadata, "managedFields").some(
        (entry) => isObject(entry) && entry["manager"] === fieldManager && entry["operation"] === "Apply",
    );

/** Titles of all objects outside the system namespaces; equal before and after a stack when destroy leaves nothing. */
export async function liveObjects(client: KubeClient, planned: readonly PlannedObject[]): Promise<string[]> {
    const objects = await allObjects(client, planned);
    return objects
        .filter((object) => owned(object) || !systemNamespaces.includes(namespaceOf(object) ?? ""))
        .map(titleOf)
        .sort();
}

/** Titles of the objects that the engine's field manager applied, in any namespace, with their generation. */
export async function appliedGenerations(
    client: KubeClient,
    planned: readonly PlannedObject[],
): Promise<ReadonlyMap<string, number>> {
    const objects = (await allObjects(client, planned)).filter(owned);
    const titles = objects.map((object): [string, number] => [
        titleOf(object),
        numberAt(object, "metadata", "generation") ?? 0,
    ]);
    return new Map(titles.sort(([a], [b]) => (a < b ? -1 : 1)));
}

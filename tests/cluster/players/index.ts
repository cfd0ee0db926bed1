import type { KubeClient } from "../control-plane/client";
import { messageOf } from "../control-plane/client";
import { at, listAt, namespaceOf, titleOf, type Json, type JsonObject, type KubeObject } from "../control-plane/json";
import { cloudNativePg } from "./cloud-native-pg";
import { elasticsearch } from "./elasticsearch";
import { strimzi } from "./strimzi";
import type { PodSet, Player } from "./types";
import { provideVolumes } from "./volumes";

/** Every operator that is played. A layer that brings another custom resource with pods adds its line. */
export const players: readonly Player[] = [cloudNativePg, strimzi, elasticsearch];

/** Read beside the players' own resources. */
const context = [{ apiVersion: "kafka.strimzi.io/v1", kind: "Kafka" }];

/** What a player could not make: the API server's own words, once each. */
export type Refusals = Map<string, string>;

/**
 * One round of every operator: makes the pods and claims that are missing, and volumes for claims that wait. Called
 * again and again, as operators are; a pod that was deleted comes back.
 */
export async function play(client: KubeClient, refusals: Refusals = new Map<string, string>()): Promise<void> {
    const all = (await Promise.all([...players, ...context].map((type) => listOf(client, type)))).flat();
    for (const player of players) {
        for (const resource of all.filter(
            ({ apiVersion, kind }) => apiVersion === player.apiVersion && kind === player.kind,
        )) {
            for (const set of player.podsOf(resource, all)) {
                await makePods(client, resource, set, refusals);
            }
        }
    }
    await provideVolumes(client);
}

async function listOf(
    client: KubeClient,
    { apiVersion, kind }: Pick<Player, "apiVersion" | "kind">,
): Promise<KubeObject[]> {
    const path = await client.collectionOf(apiVersion, kind);
    const items = path === undefined ? [] : await client.list(path);
    // Items of a list come without their type.
    return items.map((item) => ({ ...item, apiVersion, kind }));
}

async function makePods(client: KubeClient, owner: KubeObject, set: PodSet, refusals: Refusals): Promise<void> {
    const namespace = namespaceOf(owner) ?? "default";
    const first = set.first ?? 0;
    for (let ordinal = first; ordinal < first + set.count; ordinal++) {
        const objects = [...claimsOf(set, ordinal, namespace), podOf(set, ordinal, owner, namespace)];
        for (const object of objects) {
            const path = await client.collectionOf(object.apiVersion, object.kind, namespace);
            const { status, body } = await client.call({ method: "POST", path: path ?? "", body: object });
            if (status >= 300 && status !== 409) {
                refusals.set(titleOf(object), messageOf(body));
            } else {
                // What was refused a round ago may have waited for its namespace's account or quota only.
                refusals.delete(titleOf(object));
            }
        }
    }
}

function claimName(volume: string, set: PodSet, ordinal: number): string {
    return `${volume}-${set.name}-${ordinal}`;
}

function claimsOf(set: PodSet, ordinal: number, namespace: string): KubeObject[] {
    return Object.entries(set.claims).map(([volume, { size, storageClass }]) => ({
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: claimName(volume, set, ordinal), namespace },
        spec: {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: size } },
            ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
        },
    }));
}

function podOf(set: PodSet, ordinal: number, owner: KubeObject, namespace: string): KubeObject {
    const volumes = Object.keys(set.claims).map((name): JsonObject => ({
        name,
        persistentVolumeClaim: { claimName: claimName(name, set, ordinal) },
    }));
    const ownerReference: Json = {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.metadata.name,
        uid: at(owner, "metadata", "uid") ?? "",
        controller: true,
    };
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            name: `${set.name}-${ordinal}`,
            namespace,
            labels: { ...set.labels },
            ownerReferences: [ownerReference],
        },
        spec: { ...set.spec, volumes: [...listAt(set.spec, "volumes"), ...volumes] },
    };
}

import type { KubeClient } from "../control-plane/client";
import { messageOf } from "../control-plane/client";
import { at, listAt, namespaceOf, titleOf, type Json, type JsonObject, type KubeObject } from "../control-plane/json";
import { cloudNativePg } from "./cloud-native-pg";
import { elasticsearch } from "./elasticsearch";
import { mongodb } from "./mongodb";
import { keda } from "./keda";
import { strimzi } from "./strimzi";
import type { PodSet, SimulatedOperator } from "./types";
import { provideVolumes } from "./volumes";

/** All simulated operators. A layer with another custom resource that creates pods adds its operator. */
export const simulatedOperators: readonly SimulatedOperator[] = [cloudNativePg, strimzi, elasticsearch, mongodb];

/** Further resources that the operators read. */
const referenced = [{ apiVersion: "kafka.strimzi.io/v1", kind: "Kafka" }];

/** Objects that an operator could not create, with the API server's message. */
export type Refusals = Map<string, string>;

/**
 * One reconciliation of every operator: creates missing pods and claims, and volumes for pending claims. Called
 * repeatedly, so that deleted pods are created again.
 */
export async function reconcile(client: KubeClient, refusals: Refusals = new Map<string, string>()): Promise<void> {
    const all = (await Promise.all([...simulatedOperators, ...referenced].map((type) => listOf(client, type)))).flat();
    for (const operator of simulatedOperators) {
        for (const resource of all.filter(
            ({ apiVersion, kind }) => apiVersion === operator.apiVersion && kind === operator.kind,
        )) {
            for (const set of operator.podsOf(resource, all)) {
                await createPods(client, resource, set, refusals);
            }
        }
    }
    await provideVolumes(client);
    await keda(client, refusals);
}

async function listOf(
    client: KubeClient,
    { apiVersion, kind }: Pick<SimulatedOperator, "apiVersion" | "kind">,
): Promise<KubeObject[]> {
    const path = await client.collectionOf(apiVersion, kind);
    const items = path === undefined ? [] : await client.list(path);
    // Items of a list have no apiVersion and kind.
    return items.map((item) => ({ ...item, apiVersion, kind }));
}

async function createPods(client: KubeClient, owner: KubeObject, set: PodSet, refusals: Refusals): Promise<void> {
    const namespace = namespaceOf(owner) ?? "default";
    const first = set.first ?? 0;
    for (let ordinal = first; ordinal < first + set.count; ordinal++) {
        for (const object of [...claimsOf(set, ordinal, namespace), podOf(set, ordinal, owner, namespace)]) {
            const path = (await client.collectionOf(object.apiVersion, object.kind, namespace)) ?? "";
            const refusal = await createMissing(client, path, object);
            if (refusal === undefined) {
                // An earlier refusal may have been caused by a missing service account or quota status.
                refusals.delete(titleOf(object));
            } else {
                refusals.set(titleOf(object), refusal);
            }
        }
    }
}

/**
 * Looks before it creates: a quota counts every request to create, also one that is refused afterwards because the object
 * exists, until the quota controller counts again. Returns the API server's message when it refuses.
 */
async function createMissing(client: KubeClient, collection: string, object: KubeObject): Promise<string | undefined> {
    const found = await client.call({ method: "GET", path: `${collection}/${object.metadata.name}` });
    if (found.status === 200) {
        return undefined;
    }
    const { status, body } = await client.call({ method: "POST", path: collection, body: object });
    return status < 300 || status === 409 ? undefined : messageOf(body);
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

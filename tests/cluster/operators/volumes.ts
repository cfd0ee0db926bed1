import { messageOf, type KubeClient } from "../control-plane/client";
import { at, namespaceOf, textAt, type JsonObject, type KubeObject } from "../control-plane/json";

const selectedNode = "volume.kubernetes.io/selected-node";

/**
 * Simulates CSI drivers: creates a volume for each pending claim in the zone of the node that the scheduler selected. The
 * real controller binds the claim, then the real scheduler binds the pod.
 */
export async function provideVolumes(client: KubeClient): Promise<void> {
    const claims = await client.list("/api/v1/persistentvolumeclaims");
    const pending = claims.filter((claim) => textAt(claim, "status", "phase") === "Pending" && isUnbound(claim));
    for (const claim of pending) {
        const node = textAt(claim, "metadata", "annotations", selectedNode);
        const className = textAt(claim, "spec", "storageClassName") ?? "";
        const storageClass = await client.call({
            method: "GET",
            path: `/apis/storage.k8s.io/v1/storageclasses/${className}`,
        });
        const waitsForConsumer = textAt(storageClass.body, "volumeBindingMode") === "WaitForFirstConsumer";
        if (storageClass.status === 200 && (node !== undefined || !waitsForConsumer)) {
            const body = volumeFor(claim, className, storageClass.body, await zoneOf(client, node));
            const answer = await client.call({ method: "POST", path: "/api/v1/persistentvolumes", body });
            // 409: created before, and not yet bound by the controller.
            if (answer.status >= 300 && answer.status !== 409) {
                throw new Error(
                    `volume of claim ${namespaceOf(claim) ?? ""}/${claim.metadata.name}: ${answer.status} ${messageOf(answer.body)}`,
                );
            }
        }
    }
}

function isUnbound(claim: KubeObject): boolean {
    return textAt(claim, "spec", "volumeName") === undefined;
}

async function zoneOf(client: KubeClient, node: string | undefined): Promise<string | undefined> {
    if (node === undefined) {
        return undefined;
    }
    const { body } = await client.call({ method: "GET", path: `/api/v1/nodes/${node}` });
    return textAt(body, "metadata", "labels", "topology.kubernetes.io/zone");
}

function volumeFor(
    claim: KubeObject,
    className: string,
    storageClass: JsonObject,
    zone: string | undefined,
): JsonObject {
    const { name } = claim.metadata;
    const namespace = textAt(claim, "metadata", "namespace") ?? "";
    const uid = textAt(claim, "metadata", "uid") ?? "";
    const key = "topology.kubernetes.io/zone";
    const inZone = {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: [zone ?? ""] }] }] },
    };
    return {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name: `simulated-${uid}` },
        spec: {
            accessModes: at(claim, "spec", "accessModes") ?? ["ReadWriteOnce"],
            capacity: { storage: at(claim, "spec", "resources", "requests", "storage") ?? "1Gi" },
            claimRef: {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                name,
                namespace,
                uid,
            },
            ...volumeSource(textAt(storageClass, "provisioner") ?? "simulated", uid),
            persistentVolumeReclaimPolicy: at(storageClass, "reclaimPolicy") ?? "Delete",
            storageClassName: className,
            ...(zone === undefined ? {} : { nodeAffinity: inZone }),
        },
    };
}

/** Provisioners of laptop clusters are not CSI drivers: their volumes are folders, and their names are no driver's name. */
function volumeSource(provisioner: string, uid: string): JsonObject {
    return provisioner.includes("/")
        ? { hostPath: { path: `/simulated/${uid}` } }
        : { csi: { driver: provisioner, volumeHandle: uid } };
}

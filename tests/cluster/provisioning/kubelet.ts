import type { KubeClient } from "../control-plane/client";
import { at, type KubeObject } from "../control-plane/json";
import { eventually } from "../control-plane/wait";
import { offered, type Offered } from "./offers";

const name = "kubelet-capacity";
const typeLabel = "node.kubernetes.io/instance-type";

/**
 * Plays what a kubelet says of its machine. Karpenter's simulated cloud gives a node the sum of its first pods' requests
 * as capacity, and limits are counted in capacity: without this a second round would take half-full nodes for small ones
 * and go over the limit, which no real node would let it.
 */
export async function playCapacity(client: KubeClient): Promise<void> {
    for (const object of [policy(offered()), binding]) {
        const { status, body } = await client.apply(object);
        if (status >= 300) {
            throw new Error(`${object.kind}: ${status} ${JSON.stringify(body)}`);
        }
    }
    const [probe] = offered();
    // The API server takes a moment to learn of a policy.
    await eventually("the played capacity", async () => {
        const { body } = await client.call({
            method: "POST",
            path: "/api/v1/nodes",
            query: { dryRun: "All" },
            body: {
                apiVersion: "v1",
                kind: "Node",
                metadata: {
                    name: "probe",
                    labels: { "karpenter.sh/nodepool": "probe", [typeLabel]: probe?.name ?? "" },
                },
            },
        });
        return at(body, "status", "capacity", "cpu") === probe?.capacity.cpu ? true : undefined;
    });
}

function policy(machines: readonly Offered[]): KubeObject {
    const byType = Object.fromEntries(machines.map((machine) => [machine.name, machine.capacity]));
    // A map of texts is written in CEL as it is in JSON.
    const value = `${JSON.stringify(byType)}[object.metadata.labels["${typeLabel}"]]`;
    return {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingAdmissionPolicy",
        metadata: { name },
        spec: {
            matchConstraints: {
                resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nodes"] }],
            },
            matchConditions: [
                {
                    name: "made-by-karpenter",
                    expression: 'has(object.metadata.labels) && "karpenter.sh/nodepool" in object.metadata.labels',
                },
            ],
            failurePolicy: "Fail",
            reinvocationPolicy: "Never",
            mutations: [
                {
                    patchType: "JSONPatch",
                    jsonPatch: { expression: `[JSONPatch{op: "add", path: "/status/capacity", value: ${value}}]` },
                },
            ],
        },
    };
}

const binding: KubeObject = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingAdmissionPolicyBinding",
    metadata: { name },
    spec: { policyName: name },
};

import type { KubeClient } from "../control-plane/client";
import { at, type KubeObject } from "../control-plane/json";
import { eventually } from "../control-plane/wait";
import { simulatedInstanceTypes, type SimulatedInstanceType } from "./instance-types";

const name = "kubelet-capacity";
const typeLabel = "node.kubernetes.io/instance-type";

/**
 * Sets a node's capacity to that of its instance type, as a kubelet does. Karpenter's simulated cloud sets it to the sum
 * of the first pods' requests instead; because NodePool limits count capacity, Karpenter would then exceed them.
 */
export async function simulateNodeCapacity(client: KubeClient): Promise<void> {
    for (const object of [policy(simulatedInstanceTypes()), binding]) {
        const { status, body } = await client.apply(object);
        if (status >= 300) {
            throw new Error(`${object.kind}: ${status} ${JSON.stringify(body)}`);
        }
    }
    const [probe] = simulatedInstanceTypes();
    // A policy takes effect asynchronously.
    await eventually("the simulated node capacity", async () => {
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

function policy(machines: readonly SimulatedInstanceType[]): KubeObject {
    const byType = Object.fromEntries(machines.map((machine) => [machine.name, machine.capacity]));
    // The JSON of a map of strings is a valid CEL literal.
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
                    name: "created-by-karpenter",
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

import type { KubeClient } from "../control-plane/client";
import { namespaceOf, type KubeObject } from "../control-plane/json";
import { inParallel } from "../control-plane/wait";
import type { NodePool } from "./pools";

/** Label with a node's pool, for this suite only. */
export const simulatedPool = "cluster-test/pool";

/**
 * `count` nodes of a pool, spread evenly over its zones, with the pool's labels, taints and allocatable resources.
 */
export function nodesOf(pool: NodePool, count: number): KubeObject[] {
    return Array.from({ length: count }, (_, index): KubeObject => {
        const zone = pool.zones[index % Math.max(pool.zones.length, 1)];
        const name = `${pool.name}-${index}`;
        const { cpu, memory, ephemeralStorage, pods } = pool.allocatable;
        const amounts = {
            cpu: `${Math.floor(cpu * 1000)}m`,
            memory: `${Math.floor(memory / 1024)}Ki`,
            "ephemeral-storage": `${Math.floor(ephemeralStorage / 1024)}Ki`,
            pods: String(pods),
        };
        return {
            apiVersion: "v1",
            kind: "Node",
            metadata: {
                name,
                labels: {
                    ...pool.labels,
                    [simulatedPool]: pool.name,
                    "kubernetes.io/hostname": name,
                    "kubernetes.io/os": "linux",
                    "kubernetes.io/arch": "amd64",
                    "node.kubernetes.io/instance-type": pool.machineType,
                    ...(zone === undefined
                        ? {}
                        : {
                              "topology.kubernetes.io/zone": zone,
                              // us-central1-a and use1-az1: simulated regions are named as the zone without its suffix.
                              "topology.kubernetes.io/region": zone.replace(/(-[a-z]|-az\d)$/, ""),
                          }),
                },
            },
            spec: { taints: pool.taints.map((taint) => ({ ...taint })) },
            // Only allocatable matters for pods.
            status: { capacity: { ...amounts }, allocatable: amounts },
        };
    });
}

/** Creates the nodes that do not exist yet. */
export async function addNodes(client: KubeClient, nodes: readonly KubeObject[]): Promise<void> {
    await inParallel(nodes, 8, async (node) => {
        const { status, body } = await client.call({ method: "POST", path: "/api/v1/nodes", body: node });
        if (status >= 300 && status !== 409) {
            throw new Error(`node ${node.metadata.name}: ${status} ${JSON.stringify(body)}`);
        }
    });
}

/** Deletes nodes and their pods, as the pod garbage collector does after its delay of 40 s. */
export async function loseNodes(client: KubeClient, names: readonly string[]): Promise<void> {
    await inParallel(names, 8, (name) => client.must({ method: "DELETE", path: `/api/v1/nodes/${name}` }));
    for (const name of names) {
        const pods = await client.list("/api/v1/pods", { fieldSelector: `spec.nodeName=${name}` });
        await inParallel(pods, 8, (pod) =>
            client.must({
                method: "DELETE",
                path: `/api/v1/namespaces/${namespaceOf(pod) ?? ""}/pods/${pod.metadata.name}`,
                query: { gracePeriodSeconds: "0" },
            }),
        );
    }
}

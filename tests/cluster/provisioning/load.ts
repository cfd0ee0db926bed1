import type { KubeClient } from "../control-plane/client";
import type { JsonObject, KubeObject } from "../control-plane/json";

/** Namespace of the load pods, without quota and policies. */
export const namespace = "load";

/** Creates the namespace {@link namespace}. */
export async function createNamespace(client: KubeClient): Promise<void> {
    await client.must({
        method: "POST",
        path: "/api/v1/namespaces",
        body: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    });
}

/** Creates a Deployment whose pods request `cores` of CPU; `spec` is merged into the pod spec. */
export async function addLoad(
    client: KubeClient,
    name: string,
    replicas: number,
    cores: string,
    spec: JsonObject = {},
): Promise<void> {
    const object: KubeObject = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name, namespace },
        spec: {
            replicas,
            selector: { matchLabels: { app: name } },
            template: {
                metadata: { labels: { app: name } },
                spec: {
                    containers: [
                        {
                            name: "load",
                            image: "registry.example.com/load:1.0.0",
                            resources: { requests: { cpu: cores } },
                        },
                    ],
                    ...spec,
                },
            },
        },
    };
    await client.must({ method: "POST", path: `/apis/apps/v1/namespaces/${namespace}/deployments`, body: object });
}

/** Deletes a Deployment and its pods. */
export async function removeLoad(client: KubeClient, name: string): Promise<void> {
    await client.must({
        method: "DELETE",
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
        query: { propagationPolicy: "Foreground" },
    });
}

/** Pods of a Deployment: all, or those without a node. */
export async function podsOf(
    client: KubeClient,
    name: string,
    which: "pending" | "all" = "all",
): Promise<KubeObject[]> {
    return client.list(`/api/v1/namespaces/${namespace}/pods`, {
        labelSelector: `app=${name}`,
        ...(which === "pending" ? { fieldSelector: "spec.nodeName=" } : {}),
    });
}

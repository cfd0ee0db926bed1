import type { KubeClient } from "../control-plane/client";
import type { JsonObject, KubeObject } from "../control-plane/json";

/** Namespace of pods that are nobody's, with no quota and no rule. */
export const namespace = "load";

/** Makes the namespace. */
export async function makeNamespace(client: KubeClient): Promise<void> {
    await client.must({
        method: "POST",
        path: "/api/v1/namespaces",
        body: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    });
}

/** A Deployment whose pods ask for nothing but cores, and whatever else `spec` says. */
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

/** Removes a Deployment and its pods. */
export async function removeLoad(client: KubeClient, name: string): Promise<void> {
    await client.must({
        method: "DELETE",
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
        query: { propagationPolicy: "Foreground" },
    });
}

/** Pods of a Deployment that have no node, or all of them. */
export async function podsOf(
    client: KubeClient,
    name: string,
    which: "waiting" | "all" = "all",
): Promise<KubeObject[]> {
    return client.list(`/api/v1/namespaces/${namespace}/pods`, {
        labelSelector: `app=${name}`,
        ...(which === "waiting" ? { fieldSelector: "spec.nodeName=" } : {}),
    });
}

import type { KubeClient } from "../control-plane/client";
import { namespaceOf } from "../control-plane/json";
import { inParallel } from "../control-plane/wait";

/** Starts a rolling update of every Deployment at the same time, as a new version of all charts and services would. */
export async function restartAll(client: KubeClient): Promise<void> {
    const all = await client.list("/apis/apps/v1/deployments");
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    await inParallel(all, 8, (deployment) =>
        client.must({
            method: "PATCH",
            path: `/apis/apps/v1/namespaces/${namespaceOf(deployment) ?? ""}/deployments/${deployment.metadata.name}`,
            contentType: "application/merge-patch+json",
            body: { spec: { template: { metadata: { annotations } } } },
        }),
    );
}

import type { KubeClient } from "../control-plane/client";
import { namespaceOf, textAt } from "../control-plane/json";
import { inParallel } from "../control-plane/wait";
import { scalers } from "./autoscale";

/**
 * Starts a rolling update of every Deployment without an autoscaler at the same time: those of the charts, and where
 * nothing is autoscaled, those of the services. An update of many replicas may proceed in steps, one of a single replica
 * stops for good if its quota refuses the new pod.
 */
export async function restartUnscaled(client: KubeClient): Promise<void> {
    const titleOf = (namespace: string | undefined, name: string | undefined) => `${namespace ?? ""}/${name ?? ""}`;
    const scaled = new Set(
        (await scalers(client)).map(({ object, namespace }) =>
            titleOf(namespace, textAt(object, "spec", "scaleTargetRef", "name")),
        ),
    );
    const all = await client.list("/apis/apps/v1/deployments");
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    const unscaled = all.filter((one) => !scaled.has(titleOf(namespaceOf(one), one.metadata.name)));
    await inParallel(unscaled, 8, (deployment) =>
        client.must({
            method: "PATCH",
            path: `/apis/apps/v1/namespaces/${namespaceOf(deployment) ?? ""}/deployments/${deployment.metadata.name}`,
            contentType: "application/merge-patch+json",
            body: { spec: { template: { metadata: { annotations } } } },
        }),
    );
}

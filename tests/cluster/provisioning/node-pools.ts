import type { KubeClient } from "../control-plane/client";
import { listAt, textAt, type Json, type KubeObject } from "../control-plane/json";
import type { PlannedObject } from "../plan/objects";
import { flawed } from "../refusals/fixture";
import type { NodePools } from "./checks";

/** The one class of machines that Karpenter's simulated cloud has. */
export const simulatedClass = { group: "karpenter.kwok.sh", kind: "KWOKNodeClass", name: "simulated" };

/** The plan's objects with nothing changed but the class of its NodePools: a simulated cloud knows no EC2NodeClass. */
export function onSimulatedCloud(planned: readonly PlannedObject[]): PlannedObject[] {
    return planned.map((one) =>
        isNodePool(one.object)
            ? {
                  ...one,
                  object: flawed({ base: one.object, set: { "spec.template.spec.nodeClassRef": simulatedClass } }),
              }
            : one,
    );
}

/** Karpenter's NodePools among the planned objects, by name. */
export function poolsOf(planned: readonly PlannedObject[]): NodePools {
    return new Map(planned.flatMap(({ object }) => (isNodePool(object) ? [[object.metadata.name, object]] : [])));
}

function isNodePool({ apiVersion, kind }: KubeObject): boolean {
    return apiVersion === "karpenter.sh/v1" && kind === "NodePool";
}

/** The same NodePool for a family of machines that nobody sells. */
export function withoutMachines(base: KubeObject): KubeObject {
    const requirements = listAt(base, "spec", "template", "spec", "requirements");
    const index = requirements.findIndex((one) => textAt(one, "key") === "node.kubernetes.io/instance-type");
    return flawed({
        base,
        set: {
            "metadata.name": "unknown",
            "spec.template.metadata.labels": { workload: "unknown" },
            [`spec.template.spec.requirements[${index}].values`]: ["m99.xlarge"],
        },
    });
}

/** Changes a NodePool that is there; null removes a field. */
export async function changePool(client: KubeClient, name: string, spec: Json): Promise<void> {
    const path = `/apis/karpenter.sh/v1/nodepools/${name}`;
    await client.must({ method: "PATCH", path, contentType: "application/merge-patch+json", body: { spec } });
}

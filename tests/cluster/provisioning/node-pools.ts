import type { KubeClient } from "../control-plane/client";
import { listAt, textAt, type Json, type KubeObject } from "../control-plane/json";
import type { PlannedObject } from "../plan/objects";
import { withChanges } from "../refusals/fixture";
import type { NodePools } from "./checks";

/** The node class of Karpenter's simulated cloud. */
export const simulatedClass = { group: "karpenter.kwok.sh", kind: "KWOKNodeClass", name: "simulated" };

/**
 * The plan's objects with the simulated node class in its NodePools, because the simulated cloud has no EC2NodeClass, and
 * with the label of its zones, which have one label.
 */
export function onSimulatedCloud(planned: readonly PlannedObject[]): PlannedObject[] {
    return planned.map((one) =>
        isNodePool(one.object)
            ? {
                  ...one,
                  object: withChanges({
                      base: one.object,
                      set: {
                          "spec.template.spec.nodeClassRef": simulatedClass,
                          [zoneKey(one.object)]: "topology.kubernetes.io/zone",
                      },
                  }),
              }
            : one,
    );
}

/** Karpenter's NodePools among the planned objects, by name. */
export function poolsOf(planned: readonly PlannedObject[]): NodePools {
    return new Map(planned.flatMap(({ object }) => (isNodePool(object) ? [[object.metadata.name, object]] : [])));
}

/** Path of the label in the requirement of zones. */
function zoneKey(pool: KubeObject): string {
    const requirements = listAt(pool, "spec", "template", "spec", "requirements");
    const index = requirements.findIndex((one) => textAt(one, "key") === "topology.k8s.aws/zone-id");
    return `spec.template.spec.requirements[${index}].key`;
}

function isNodePool({ apiVersion, kind }: KubeObject): boolean {
    return apiVersion === "karpenter.sh/v1" && kind === "NodePool";
}

/** The NodePool under the name `unknown` with an instance type that does not exist. */
export function withUnknownInstanceType(base: KubeObject): KubeObject {
    const requirements = listAt(base, "spec", "template", "spec", "requirements");
    const index = requirements.findIndex((one) => textAt(one, "key") === "node.kubernetes.io/instance-type");
    return withChanges({
        base,
        set: {
            "metadata.name": "unknown",
            "spec.template.metadata.labels": { workload: "unknown" },
            [`spec.template.spec.requirements[${index}].values`]: ["m99.xlarge"],
        },
    });
}

/** Patches a NodePool; null removes a field. */
export async function changePool(client: KubeClient, name: string, spec: Json): Promise<void> {
    const path = `/apis/karpenter.sh/v1/nodepools/${name}`;
    await client.must({ method: "PATCH", path, contentType: "application/merge-patch+json", body: { spec } });
}

/**
 * Whether an object is the Deployment of placeholder pods. Karpenter adds a node for each placeholder that does not fit on the
 * minimum nodes (CL-10), and whether one does depends on where the scheduler has put the other pods.
 */
export function isPlaceholder({ kind, spec }: KubeObject): boolean {
    return kind === "Deployment" && textAt(spec, "template", "spec", "priorityClassName") === "shop-placeholder";
}

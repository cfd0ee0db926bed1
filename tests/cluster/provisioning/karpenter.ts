import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { PlannedResource } from "../../../tools/plan/index";
import { isKubeObject, textAt } from "../control-plane/json";
import { loadCrds } from "../control-plane/load-crds";
import type { ControlPlane } from "../control-plane/start";
import { simulateNodeCapacity } from "./node-capacity";
import { simulatedClass } from "./node-pools";
import { instanceTypesFile } from "./instance-types";

/** Karpenter's batching window for pending pods, from the chart values in the plan (CL-09). */
export interface Batching {
    readonly idle: string;
    readonly max: string;
}

/** Batching window in the plan's Helm release. @throws Error when it is not set. */
export function batchingOf(resources: readonly PlannedResource[]): Batching {
    const release = resources.find(
        ({ type, inputs }) => type === "kubernetes:helm.sh/v3:Release" && textAt(inputs, "name") === "karpenter",
    );
    const setting = (key: string): string => {
        const value = textAt(release?.inputs, "values", "settings", key);
        if (value === undefined) {
            throw new Error(`The plan's release of Karpenter has no settings.${key}`);
        }
        return value;
    };
    return { idle: setting("batchIdleDuration"), max: setting("batchMaxDuration") };
}

/**
 * Starts the real controller with its simulated cloud, which creates Node objects instead of EC2 instances. It runs in its
 * own network namespace, because the flags for its two ports accept no address.
 *
 * @returns process id of the process that created the namespace
 */
export async function startKarpenter(
    plane: ControlPlane,
    zones: readonly string[],
    batching: Batching,
): Promise<number> {
    const crd = parse(readFileSync(join(__dirname, "kwok-node-class.yaml"), "utf8")) as unknown;
    if (!isKubeObject(crd)) {
        throw new Error("kwok-node-class.yaml is not a Kubernetes object");
    }
    await loadCrds(plane.client, [crd]);
    await simulateNodeCapacity(plane.client);
    await plane.client.must({
        method: "POST",
        path: "/apis/karpenter.kwok.sh/v1alpha1/kwoknodeclasses",
        body: {
            apiVersion: "karpenter.kwok.sh/v1alpha1",
            kind: simulatedClass.kind,
            metadata: { name: simulatedClass.name },
            spec: {},
        },
    });
    const instanceTypes = join(plane.folder, "instance-types.json");
    writeFileSync(instanceTypes, instanceTypesFile(zones));
    const { pid } = await plane.runIsolated("karpenter", [
        "--disable-leader-election=true",
        "--metrics-port=0",
        "--health-probe-port=0",
        `--batch-idle-duration=${batching.idle}`,
        `--batch-max-duration=${batching.max}`,
        `--instance-types-file-path=${instanceTypes}`,
    ]);
    return pid;
}

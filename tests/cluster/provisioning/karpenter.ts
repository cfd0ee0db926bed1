import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { PlannedResource } from "../../../tools/plan/index";
import { isKubeObject, textAt } from "../control-plane/json";
import { loadCrds } from "../control-plane/load-crds";
import type { ControlPlane } from "../control-plane/start";
import { playCapacity } from "./kubelet";
import { simulatedClass } from "./node-pools";
import { offersFile } from "./offers";

/** How long pods are gathered before nodes are ordered for them, as the plan tells the chart (CL-09). */
export interface Batching {
    readonly idle: string;
    readonly max: string;
}

/** What the plan's release of the chart says of batching. */
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
 * Starts the real controller with its simulated cloud, which makes Node objects where AWS would start machines.
 * The flags for its two ports take no address, so that it gets a network of its own. Returns the process id of what
 * holds it there.
 */
export async function startKarpenter(
    plane: ControlPlane,
    zones: readonly string[],
    batching: Batching,
): Promise<number> {
    const crd = parse(readFileSync(join(__dirname, "kwok-node-class.yaml"), "utf8")) as unknown;
    if (!isKubeObject(crd)) {
        throw new Error("kwok-node-class.yaml holds no Kubernetes object");
    }
    await loadCrds(plane.client, [crd]);
    await playCapacity(plane.client);
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
    const offers = join(plane.folder, "offers.json");
    writeFileSync(offers, offersFile(zones));
    return plane.runApart("karpenter", [
        "--disable-leader-election=true",
        "--metrics-port=0",
        "--health-probe-port=0",
        `--batch-idle-duration=${batching.idle}`,
        `--batch-max-duration=${batching.max}`,
        `--instance-types-file-path=${offers}`,
    ]);
}

import assert from "node:assert/strict";

import { publishedImages } from "../../../components/layer";
import { createProgram } from "../../../components/program";
import { planStack } from "../../../tools/plan/index";
import type { KubeClient } from "../control-plane/client";
import { at, isObject, listAt, namespaceOf, textAt, type JsonObject, type KubeObject } from "../control-plane/json";
import { eventually } from "../control-plane/wait";
import { findingsText } from "../plan/finding";
import { plannedObjects, type PlannedObject } from "../plan/objects";
import { withChanges } from "../refusals/fixture";
import { admit } from "./admit";
import { digest, objectRefusals, paymentRefusals, podRefusals } from "./policy-fixtures";

const stack = { stack: "prod", cloud: "gcp", checkPolicies: false } as const;

/** Prod as it runs: every image has a digest. */
export async function lockedPlan(): Promise<PlannedObject[]> {
    const { declared } = await planStack({ ...stack, program: createProgram() });
    const pins = Object.fromEntries(publishedImages(declared ?? assert.fail()).map((name) => [name, digest]));
    return plannedObjects(await planStack({ ...stack, program: createProgram({ pins }) }));
}

const isPolicy = ({ object }: PlannedObject): boolean => object.kind.startsWith("ValidatingAdmissionPolicy");

/**
 * Creates the plan's namespaces, a pod, then the plan's policies, and waits until each of them refuses.
 *
 * @returns the namespaces
 */
export async function enforcePolicies(
    client: KubeClient,
    planned: readonly PlannedObject[],
    old: KubeObject,
): Promise<string[]> {
    const namespaces = planned.filter(({ object }) => object.kind === "Namespace");
    assert.equal(findingsText(await admit(client, namespaces)), "");
    await eventually("the pod that is older than the policies", async () =>
        (await client.apply(old)).status < 300 ? true : undefined,
    );
    assert.equal(findingsText(await admit(client, planned.filter(isPolicy))), "");
    await eventually("the enforcement of every policy", async () => {
        for (const { set, base } of [...podRefusals("services"), ...paymentRefusals, ...objectRefusals]) {
            if ((await client.apply(withChanges({ base, set }), { dryRun: true })).status < 300) {
                return undefined;
            }
        }
        return true;
    });
    return namespaces.map(({ object }) => object.metadata.name);
}

/** The pod of a workload's template, outside the workload: with empty folders in place of the claims of a StatefulSet. */
export function podOf(object: KubeObject): KubeObject | undefined {
    const template = at(object, "spec", "template") ?? at(object, "spec", "jobTemplate", "spec", "template");
    const spec = at(template, "spec");
    if (!isObject(spec) || !["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"].includes(object.kind)) {
        return undefined;
    }
    const claims = listAt(object, "spec", "volumeClaimTemplates").map((claim): JsonObject => ({
        name: textAt(claim, "metadata", "name") ?? "",
        emptyDir: {},
    }));
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            name: `of-${object.metadata.name}`,
            namespace: namespaceOf(object) ?? "",
            labels: at(template, "metadata", "labels") ?? {},
        },
        spec: claims.length === 0 ? spec : { ...spec, volumes: [...listAt(spec, "volumes"), ...claims] },
    };
}

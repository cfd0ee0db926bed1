import assert from "node:assert/strict";

import { at, listAt, textAt, textsOf, type Json, type KubeObject } from "../../control-plane/json";
import type { PodSet } from "../types";
import { countedResources } from "./pods";

/** Labels whose values are a pod's own. */
const ownLabels = ["cnpg.io/instanceName"];

/** What the scheduler, the quota and selectors see of a pod, without what admission adds to every pod. */
function seenOf(spec: Json | undefined): Record<string, Json | undefined> {
    return {
        ...countedResources(spec),
        nodeAffinity: at(spec, "affinity", "nodeAffinity"),
        priorityClassName: at(spec, "priorityClassName"),
        tolerations: listAt(spec, "tolerations").filter(
            (one) => textAt(one, "key")?.startsWith("node.kubernetes.io/") !== true,
        ),
        topologySpreadConstraints: at(spec, "topologySpreadConstraints"),
    };
}

/** Asserts that the real operator's pods are as the simulated operator makes them for the other tests of this suite. */
export function assertAsSimulated(sets: readonly PodSet[], pods: readonly KubeObject[]): void {
    const [set, ...more] = sets;
    assert.ok(set !== undefined && more.length === 0, "one set of pods is expected");
    assert.equal(pods.length, set.count);
    for (const pod of pods) {
        assert.deepEqual(seenOf(at(pod, "spec")), seenOf(set.spec), pod.metadata.name);
        const labels: Readonly<Record<string, string>> = textsOf(at(pod, "metadata", "labels"));
        const others: string[] = Object.keys(set.labels).filter((key) => !ownLabels.includes(key));
        const different: string[] = others.filter((key) => labels[key] !== set.labels[key]);
        assert.deepEqual(different, [], pod.metadata.name);
        assert.deepEqual(
            ownLabels.filter((key) => key in set.labels && labels[key] === undefined),
            [],
        );
    }
}

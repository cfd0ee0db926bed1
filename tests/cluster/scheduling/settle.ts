import { setTimeout as sleep } from "node:timers/promises";

import type { ControlPlane } from "../control-plane/start";
import { listAt, numberAt, textAt, titleOf, type KubeObject } from "../control-plane/json";
import { reconcile, type Refusals } from "../operators";
import { belowMinimum } from "./autoscale";
import { takeSnapshot, type Snapshot } from "./snapshot";

/** Time limits of {@link settle}. */
export interface SettleOptions {
    /** Deadline in milliseconds. @default 300000 */
    readonly limitMs?: number;
    /**
     * Milliseconds without a change after which pending pods count as final; longer than the scheduler's maximum backoff of
     * 10 s. @default 15000
     */
    readonly quietMs?: number;
}

/** Result of {@link settle}. */
export interface Settled {
    readonly snapshot: Snapshot;
    /** Objects that the simulated operators could not create. */
    readonly refusals: Refusals;
}

/**
 * Waits until the controllers have created every pod and each is Ready, or the scheduler reported the others as
 * unschedulable and nothing changes any more.
 *
 * @throws Error that names the workloads and pods that are not ready at the deadline.
 */
export async function settle(
    plane: ControlPlane,
    { limitMs = 300_000, quietMs = 15_000 }: SettleOptions = {},
): Promise<Settled> {
    const deadline = Date.now() + limitMs;
    const refusals: Refusals = new Map();
    let last = "";
    let since = Date.now();
    for (;;) {
        plane.check();
        await reconcile(plane.client, refusals);
        const snapshot = await takeSnapshot(plane.client);
        const missing = await unfinished(plane, snapshot);
        const pending = snapshot.pods.filter(({ node, ready }) => node === undefined || !ready);
        if (missing.length === 0 && pending.length === 0 && refusals.size === 0) {
            return { snapshot, refusals };
        }
        const state = JSON.stringify([
            missing,
            [...refusals],
            snapshot.pods.map(({ name, node, ready }) => [name, node, ready]),
        ]);
        if (state !== last) {
            last = state;
            since = Date.now();
        }
        const unschedulable = pending.every((pod) => pod.unschedulable !== "");
        if (missing.length === 0 && unschedulable && Date.now() - since > quietMs) {
            return { snapshot, refusals };
        }
        if (Date.now() > deadline) {
            const pods = pending.map((pod) => `${pod.namespace}/${pod.name} ${pod.unschedulable}`);
            throw new Error(`The cluster did not settle in ${limitMs / 1000} s:\n${[...missing, ...pods].join("\n")}`);
        }
        await sleep(300);
    }
}

/** Autoscalers below their minimum and workloads whose pods are not all created. */
async function unfinished({ client }: ControlPlane, snapshot: Snapshot): Promise<string[]> {
    const scaled = (await belowMinimum(client)).map((name) => `${name} is below its minimum replicas`);
    const [deployments = [], ...owners] = await Promise.all(
        ["deployments", "statefulsets", "replicasets"].map((plural) => client.list(`/apis/apps/v1/${plural}`)),
    );
    // Counted, because the status lags behind the deletion of pods.
    const short = owners.flat().filter((object) => {
        const own = snapshot.pods.filter(({ owner }) => owner === textAt(object, "metadata", "uid"));
        return own.length !== (numberAt(object, "spec", "replicas") ?? 1);
    });
    const daemons = await client.list("/apis/apps/v1/daemonsets");
    const late = [...deployments.filter((one) => !isComplete(one)), ...daemons.filter((one) => !isFullyScheduled(one))];
    const lacking = [...short, ...late].map(
        (object) => `${titleOf({ ...object, kind: "workload" })} lacks pods${refusalOf(object)}`,
    );
    return [...scaled, ...lacking];
}

/** What the API server answered to the controller's last pod, for example that a quota is full. */
function refusalOf(object: KubeObject): string {
    const failure = listAt(object, "status", "conditions").find((one) => textAt(one, "type") === "ReplicaFailure");
    return failure === undefined ? "" : `: ${textAt(failure, "message") ?? ""}`;
}

function isComplete(object: KubeObject): boolean {
    const observed = numberAt(object, "status", "observedGeneration") ?? 0;
    const wanted = numberAt(object, "spec", "replicas") ?? 1;
    return (
        observed >= (numberAt(object, "metadata", "generation") ?? 0) &&
        (numberAt(object, "status", "replicas") ?? 0) === wanted
    );
}

function isFullyScheduled(daemon: KubeObject): boolean {
    const observed = numberAt(daemon, "status", "observedGeneration") ?? 0;
    return (
        observed >= (numberAt(daemon, "metadata", "generation") ?? 0) &&
        numberAt(daemon, "status", "currentNumberScheduled") === numberAt(daemon, "status", "desiredNumberScheduled")
    );
}

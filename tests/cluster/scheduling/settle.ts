import { setTimeout as sleep } from "node:timers/promises";

import type { ControlPlane } from "../control-plane/start";
import { numberAt, textAt, titleOf, type KubeObject } from "../control-plane/json";
import { play, type Refusals } from "../players/index";
import { belowMinimum } from "./autoscale";
import { takeSnapshot, type Snapshot } from "./snapshot";

/** How long a cluster is given. */
export interface SettleOptions {
    /** @default 90000 */
    readonly limitMs?: number;
    /** How long nothing may move before what is unplaced is taken for final. @default 5000 */
    readonly quietMs?: number;
}

/** A cluster that came to rest. */
export interface Settled {
    readonly snapshot: Snapshot;
    /** What the players were refused. */
    readonly refusals: Refusals;
}

/**
 * Waits until the controllers have made every pod they want and each is Ready, or the scheduler has said of the rest
 * that there is no place for it, and nothing moves any more.
 *
 * @throws Error when pods are still missing after the time limit, naming the workloads that miss them.
 */
export async function settle(
    plane: ControlPlane,
    { limitMs = 90_000, quietMs = 5000 }: SettleOptions = {},
): Promise<Settled> {
    const deadline = Date.now() + limitMs;
    const refusals: Refusals = new Map();
    let last = "";
    let since = Date.now();
    for (;;) {
        plane.check();
        await play(plane.client, refusals);
        const snapshot = await takeSnapshot(plane.client);
        const missing = await unfinished(plane, snapshot);
        const waiting = snapshot.pods.filter(({ node, ready }) => node === undefined || !ready);
        if (missing.length === 0 && waiting.length === 0 && refusals.size === 0) {
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
        const judged = waiting.every(({ unschedulable }) => unschedulable !== "");
        if (missing.length === 0 && judged && Date.now() - since > quietMs) {
            return { snapshot, refusals };
        }
        if (Date.now() > deadline) {
            const rest = waiting.map(({ namespace, name, unschedulable }) => `${namespace}/${name} ${unschedulable}`);
            throw new Error(`The cluster does not settle in ${limitMs / 1000} s:\n${[...missing, ...rest].join("\n")}`);
        }
        await sleep(300);
    }
}

/** What is still to be done before pods are counted: autoscalers below their least, workloads short of pods. */
async function unfinished({ client }: ControlPlane, snapshot: Snapshot): Promise<string[]> {
    const scaled = (await belowMinimum(client)).map((name) => `${name} is below its least replicas`);
    const [deployments = [], ...owners] = await Promise.all(
        ["deployments", "statefulsets", "replicasets"].map((plural) => client.list(`/apis/apps/v1/${plural}`)),
    );
    // Counted, not read from a status: for a moment after pods are gone the status still has them.
    const short = owners.flat().filter((object) => {
        const own = snapshot.pods.filter(({ owner }) => owner === textAt(object, "metadata", "uid"));
        return own.length !== (numberAt(object, "spec", "replicas") ?? 1);
    });
    const daemons = await client.list("/apis/apps/v1/daemonsets");
    const late = [...deployments.filter((one) => !isComplete(one)), ...daemons.filter((one) => !isEverywhere(one))];
    const titles = [...short, ...late].map((object) => titleOf({ ...object, kind: "workload" }));
    return [...scaled, ...titles.map((title) => `${title} is short of pods`)];
}

function isComplete(object: KubeObject): boolean {
    const observed = numberAt(object, "status", "observedGeneration") ?? 0;
    const wanted = numberAt(object, "spec", "replicas") ?? 1;
    return (
        observed >= (numberAt(object, "metadata", "generation") ?? 0) &&
        (numberAt(object, "status", "replicas") ?? 0) === wanted
    );
}

function isEverywhere(daemon: KubeObject): boolean {
    const observed = numberAt(daemon, "status", "observedGeneration") ?? 0;
    return (
        observed >= (numberAt(daemon, "metadata", "generation") ?? 0) &&
        numberAt(daemon, "status", "currentNumberScheduled") === numberAt(daemon, "status", "desiredNumberScheduled")
    );
}

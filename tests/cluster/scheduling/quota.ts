import { messageOf, type KubeClient } from "../control-plane/client";
import { at, copyOf, isObject, namespaceOf, type KubeObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { scalers } from "./autoscale";

/** Pods that a namespace's quota admitted beyond its autoscalers' maximum replicas. */
export interface Overflow {
    readonly namespace: string;
    /** Number of admitted pods. */
    readonly beyond: number;
    /** Refusal of the next pod; empty when none was refused. */
    readonly refusal: string;
}

/** In the names of the pods beyond. */
const marker = "-beyond-";

/** Number of pods after which a quota counts as missing. */
const maxBeyond = 100;

/**
 * Expects every autoscaler at its maximum. Creates pods in each namespace until one is refused. At least one must be
 * admitted, for a rolling update at full load, and one must be refused, or the quota limits nothing (AS-11).
 */
export async function overflow(client: KubeClient): Promise<Overflow[]> {
    const results: Overflow[] = [];
    for (const namespace of await scaledNamespaces(client)) {
        const [workload] = await client.list(`/apis/apps/v1/namespaces/${namespace}/deployments`);
        if (workload !== undefined) {
            results.push(await fill(client, namespace, workload));
        }
    }
    return results;
}

/** Findings of {@link overflow}. */
export function overflowFindings(overflows: readonly Overflow[]): Finding[] {
    return overflows.flatMap(({ namespace, beyond, refusal }) => {
        const tooSmall = beyond > 0 ? [] : [{ check: "quota too small", where: namespace, message: refusal }];
        const missing = /exceeded quota/.test(refusal)
            ? []
            : [{ check: "no quota", where: namespace, message: refusal || `${beyond} further pods and none refused` }];
        return [...tooSmall, ...missing];
    });
}

/** Deletes the pods that {@link overflow} created. */
export async function deleteBeyond(client: KubeClient): Promise<void> {
    const pods = (await client.list("/api/v1/pods")).filter(({ metadata }) => metadata.name.includes(marker));
    for (const pod of pods) {
        const path = `/api/v1/namespaces/${namespaceOf(pod) ?? ""}/pods/${pod.metadata.name}`;
        await client.must({ method: "DELETE", path, query: { gracePeriodSeconds: "0" } });
    }
}

async function scaledNamespaces(client: KubeClient): Promise<string[]> {
    return [...new Set((await scalers(client)).map(({ namespace }) => namespace))].sort();
}

async function fill(client: KubeClient, namespace: string, workload: KubeObject): Promise<Overflow> {
    for (let beyond = 0; beyond < maxBeyond; beyond++) {
        const pod = podLike(workload, `${workload.metadata.name}${marker}${beyond}`);
        const { status, body } = await client.call({
            method: "POST",
            path: `/api/v1/namespaces/${namespace}/pods`,
            body: pod,
        });
        if (status >= 300) {
            return { namespace, beyond, refusal: messageOf(body) };
        }
    }
    return { namespace, beyond: maxBeyond, refusal: "" };
}

/** A pod without an owner from a workload's template. */
export function podLike(workload: KubeObject, name: string): KubeObject {
    const template = at(workload, "spec", "template");
    const spec = copyOf(isObject(template) && isObject(template["spec"]) ? template["spec"] : {});
    const namespace = namespaceOf(workload);
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        spec,
    };
}

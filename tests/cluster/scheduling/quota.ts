import { messageOf, type KubeClient } from "../control-plane/client";
import { at, copyOf, isObject, namespaceOf, type KubeObject } from "../control-plane/json";
import type { Finding } from "../plan/finding";
import { scalers } from "./autoscale";

/** What a namespace took beyond its autoscalers' most replicas. */
export interface Overflow {
    readonly namespace: string;
    /** Pods that still went in. */
    readonly beyond: number;
    /** The refusal of the next one; empty when none came. */
    readonly refusal: string;
}

/** No namespace of ours leaves room for more pods than this over its maxima. */
const ceiling = 100;

/**
 * With every autoscaler at its most, adds pods like those of each namespace until one is refused. Pods have to go in,
 * or a rolling update at full load could not start its new one; and one has to be refused, or the quota bounds nothing
 * (AS-11).
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
        const tight = beyond > 0 ? [] : [{ check: "quota too tight", where: namespace, message: refusal }];
        const loose = /exceeded quota/.test(refusal)
            ? []
            : [{ check: "no quota", where: namespace, message: refusal || `${beyond} pods more and none refused` }];
        return [...tight, ...loose];
    });
}

async function scaledNamespaces(client: KubeClient): Promise<string[]> {
    return [...new Set((await scalers(client)).map(({ namespace }) => namespace))].sort();
}

async function fill(client: KubeClient, namespace: string, workload: KubeObject): Promise<Overflow> {
    for (let beyond = 0; beyond < ceiling; beyond++) {
        const pod = podLike(workload, `${workload.metadata.name}-beyond-${beyond}`);
        const { status, body } = await client.call({
            method: "POST",
            path: `/api/v1/namespaces/${namespace}/pods`,
            body: pod,
        });
        if (status >= 300) {
            return { namespace, beyond, refusal: messageOf(body) };
        }
    }
    return { namespace, beyond: ceiling, refusal: "" };
}

/** A pod of a workload's template, on its own. */
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

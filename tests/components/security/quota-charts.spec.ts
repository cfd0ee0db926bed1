import assert from "node:assert/strict";

import { barmanCloudChart } from "../../../components/database/barman";
import { cloudNativePgChart } from "../../../components/database/operator";
import { keda } from "../../../components/autoscaling/keda";
import { strimzi } from "../../../components/messaging/strimzi";
import { eck } from "../../../components/search/eck";
import { quantity } from "../../../config/quantity";
import type { PlannedResource } from "../../../tools/plan";
import { type Json, listAt, numberAt, textAt } from "../../../tools/plan/json";
import { chartOf, releasesOf } from "../addons/stack";
import { shipped } from "../shipped";

/** What a quota limits. */
const limited = ["pods", "requests.cpu", "limits.cpu", "requests.memory", "limits.memory"] as const;

type Demand = Readonly<Record<(typeof limited)[number], number>>;

const none: Demand = { pods: 0, "requests.cpu": 0, "limits.cpu": 0, "requests.memory": 0, "limits.memory": 0 };

interface Figures {
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly limits: { readonly cpu: string; readonly memory: string };
}

/** The sum of `pods` pods with these resources, and of what is there already. */
function plus(sum: Demand, pods: number, { requests, limits }: Figures): Demand {
    return {
        pods: sum.pods + pods,
        "requests.cpu": sum["requests.cpu"] + pods * quantity(requests.cpu),
        "limits.cpu": sum["limits.cpu"] + pods * quantity(limits.cpu),
        "requests.memory": sum["requests.memory"] + pods * quantity(requests.memory),
        "limits.memory": sum["limits.memory"] + pods * quantity(limits.memory),
    };
}

function figuresOf(container: Json): Figures {
    const read = (side: "requests" | "limits", kind: "cpu" | "memory") =>
        textAt(container, "resources", side, kind) ?? "0";
    return {
        requests: { cpu: read("requests", "cpu"), memory: read("requests", "memory") },
        limits: { cpu: read("limits", "cpu"), memory: read("limits", "memory") },
    };
}

/** The sum of a pod's containers. */
function podFigures(object: Json): Figures {
    const sum = (side: "requests" | "limits", kind: "cpu" | "memory") =>
        listAt(object, "spec", "template", "spec", "containers")
            .map(figuresOf)
            .reduce((all, figures) => all + quantity(figures[side][kind]), 0);
    const both = (side: "requests" | "limits") => ({
        cpu: String(sum(side, "cpu")),
        memory: String(sum(side, "memory")),
    });
    return { requests: both("requests"), limits: both("limits") };
}

/**
 * Pods of the plan's own Deployments at their maximum, each with one more during an update, and of its StatefulSets, which
 * replace a pod by itself.
 */
function ownDemand(resources: readonly PlannedResource[], namespace: string, start: Demand): Demand {
    const inNamespace = ({ inputs }: PlannedResource) => textAt(inputs, "metadata", "namespace") === namespace;
    const here = resources.filter(inNamespace);
    const scalers = here.filter(({ type }) => /:(HorizontalPodAutoscaler|ScaledObject)$/.test(type));
    return here
        .filter(({ type }) => /^kubernetes:apps\/v1:(Deployment|StatefulSet)$/.test(type))
        .reduce((sum, { type, inputs }) => {
            const name = textAt(inputs, "metadata", "name");
            const scaler = scalers.find((one) => textAt(one.inputs, "spec", "scaleTargetRef", "name") === name);
            const most = ["maxReplicas", "maxReplicaCount"].map((key) => numberAt(scaler?.inputs, "spec", key));
            const pods = most[0] ?? most[1] ?? numberAt(inputs, "spec", "replicas") ?? 1;
            const inPlace = type.endsWith(":StatefulSet") || textAt(inputs, "spec", "strategy", "type") === "Recreate";
            return plus(sum, pods === 0 ? 0 : pods + (inPlace ? 0 : 1), podFigures(inputs));
        }, start);
}

/** Charts of the stores' operators. */
const operators = [cloudNativePgChart, barmanCloudChart, strimzi, keda, eck];

/** Pods of the plan's charts, each group with one more during an update; a job has one. */
function chartDemand(resources: readonly PlannedResource[], namespace: string, replicas: number): Demand {
    return releasesOf(resources)
        .map(({ inputs }) => {
            const title = textAt(inputs, "name") ?? "";
            return operators.find(({ name }) => name === title) ?? chartOf(title);
        })
        .filter((chart) => chart.namespace === namespace)
        .flatMap((chart) => Object.values(chart.pods))
        .reduce((sum, { count = "many", resources: figures }) => {
            const pods = count === "job" ? 1 : (count === "single" ? 1 : replicas) + 1;
            return plus(sum, pods, figures);
        }, none);
}

for (const stack of shipped) {
    describe(`the quotas in ${stack.title}`, () => {
        it("hold every chart's and every service's pods and one surge pod each (AS-11)", async () => {
            const { resources } = await stack.plan();
            const quotas = resources.filter(({ type }) => type === "kubernetes:core/v1:ResourceQuota");
            const counted = new Set<string>();
            for (const { inputs } of quotas) {
                const namespace = textAt(inputs, "metadata", "namespace") ?? "";
                const charts = chartDemand(resources, namespace, stack.tier === "dev" || stack.replica ? 1 : 2);
                if (charts.pods > 0) {
                    counted.add(namespace);
                }
                const demand = ownDemand(resources, namespace, charts);
                for (const key of limited) {
                    const hard = quantity(textAt(inputs, "spec", "hard", key) ?? "0");
                    assert.ok(demand[key] <= hard + 1e-9, `${namespace}: ${key} ${demand[key]} exceeds ${hard}`);
                }
            }
            // The operators of the stores in data and messaging, cert-manager and others in security, external-dns in
            // ingress on a cloud, KEDA in monitoring where services are autoscaled; kube-system has no quota.
            const external = stack.cloud === "existing" ? [] : ["ingress"];
            const byQueue = stack.tier === "dev" || stack.replica ? [] : ["monitoring"];
            assert.deepEqual([...counted].sort(), ["data", ...external, "messaging", ...byQueue, "security"]);
        });
    });
}

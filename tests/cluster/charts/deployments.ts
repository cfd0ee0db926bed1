import { isDeepStrictEqual } from "node:util";

import type { Chart, ChartPods } from "../../../components/helm";
import { kebab } from "../../../components/helm/declare";
import type { Plan, PlannedResource } from "../../../tools/plan/index";
import { chartOf, release } from "../../components/addons/stack";
import { at, copyOf, isObject, textAt, type Json, type JsonObject, type KubeObject } from "../control-plane/json";
import { container, restrictedPod } from "../operators/common";
import type { PlannedObject } from "../plan/objects";

/** All objects inside a value, itself included. */
function objectsIn(value: Json | undefined): JsonObject[] {
    const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
    return [...(isObject(value) ? [value] : []), ...inner.flatMap(objectsIn)];
}

/** The largest number of replicas in a release's values; one without any. */
function replicasOf(values: Json | undefined): number {
    const found = objectsIn(values).flatMap((object) =>
        [object["replicaCount"], object["replicas"]].filter((value) => typeof value === "number"),
    );
    return Math.max(1, ...found);
}

/** The spread constraints or the affinity of the release's values that select exactly these pods. */
function placementOf(values: Json | undefined, labels: ChartPods["labels"]): JsonObject {
    const own = (value: Json | undefined): boolean =>
        objectsIn(value).some(({ matchLabels }) => isDeepStrictEqual(matchLabels, labels));
    const all = objectsIn(values);
    // A list, or for a chart of several parts (KEDA) an object with a list for each.
    const spread = all
        .map((object) => object["topologySpreadConstraints"])
        .flatMap((lists) => (isObject(lists) ? Object.values(lists) : [lists]))
        .find(own);
    const affinity = all.map((object) => object["affinity"]).find(own);
    return {
        ...(spread === undefined ? {} : { topologySpreadConstraints: copyOf(spread) }),
        ...(affinity === undefined ? {} : { affinity: copyOf(affinity) }),
    };
}

function priorityOf(values: Json | undefined): JsonObject {
    const [name] = objectsIn(values).flatMap((object) => textAt(object, "priorityClassName") ?? []);
    return name === undefined ? {} : { priorityClassName: name };
}

function deploymentOf(chart: Chart<never>, role: string, pods: ChartPods, values: Json | undefined): KubeObject {
    const labels = { ...pods.labels };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: `${chart.name}-${kebab(role)}`, namespace: chart.namespace, labels },
        spec: {
            replicas: pods.count === "single" ? 1 : replicasOf(values),
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: {
                    securityContext: restrictedPod,
                    containers: [container(role.toLowerCase(), copyOf(pods.resources as unknown as Json))],
                    ...priorityOf(values),
                    ...placementOf(values, pods.labels),
                },
            },
        },
    };
}

function deploymentsOf({ urn, inputs }: PlannedResource): PlannedObject[] {
    const chart = chartOf(textAt(inputs, "name") ?? "");
    return Object.entries(chart.pods)
        .filter(([, pods]) => (pods.count ?? "many") !== "job")
        .map(([role, pods]) => ({
            urn,
            object: deploymentOf(chart, role, pods, at(inputs, "values")),
            unknowns: [],
        }));
}

/**
 * Deployments with the pods of the plan's Helm releases: labels, resources and namespace from the table of charts,
 * replicas, priority and spread from the release's values. Charts are not rendered, and jobs, which end, are not created.
 */
export function chartDeployments({ resources }: Pick<Plan, "resources">): PlannedObject[] {
    return resources.filter(({ type }) => type === release).flatMap(deploymentsOf);
}

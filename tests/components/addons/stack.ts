import { createAddons, settingsOf } from "../../../components/addons";
import { charts } from "../../../components/addons/charts";
import type { AddonIdentities, AddonName, Addons, AddonSettings, Chart } from "../../../components/helm/types";
import { namespaces } from "../../../catalog/types";
import type { PlatformConfig } from "../../../config/resolve";
import type { Namespaces } from "../../../components/security/types";
import type { Json, JsonObject, PlannedResource } from "../../../tools/plan";
import { planned } from "../layers";
import * as pulumi from "@pulumi/pulumi";

/** What the layers below hand over. */
export function argsOf(config: PlatformConfig, identities: AddonIdentities = {}) {
    return {
        config,
        cluster: { name: pulumi.output("shop-cluster") },
        network: { id: pulumi.output("vpc-1") },
        namespaces: Object.fromEntries(namespaces.map((name) => [name, pulumi.output(name)])) as unknown as Namespaces,
        identities,
    };
}

/** The resources of the layer alone, and what it promises. */
export async function layer(config: PlatformConfig, identities: AddonIdentities = {}) {
    let addons: Addons | undefined;
    const resources = await planned(() => {
        addons = createAddons("addons", argsOf(config, identities), {});
    });
    return { resources, addons: addons! };
}

export const release = "kubernetes:helm.sh/v3:Release";
export const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const budgetType = "kubernetes:policy/v1:PodDisruptionBudget";

export function releasesOf(resources: readonly PlannedResource[]): PlannedResource[] {
    return resources.filter(({ type }) => type === release);
}

export function chartOf(name: AddonName): Chart {
    return charts.find((chart) => chart.name === name)!;
}

/** A chart's values as a stack gives them, without an engine: the inputs that are outputs stay what they are. */
export function valuesOf(chart: Chart, config: PlatformConfig): JsonObject {
    const settings: AddonSettings = {
        ...settingsOf(chart, argsOf(config)),
        site: { ...settingsOf(chart, argsOf(config)).site, clusterName: "shop-cluster", vpcId: "vpc-1" },
    };
    return chart.values(settings) as JsonObject;
}

/** Every value of an object with its dotted path, objects and lists themselves included. */
export function walk(value: Json, path = ""): [path: string, value: Json][] {
    const below =
        typeof value === "object" && value !== null
            ? Object.entries(value).flatMap(([key, part]) => walk(part, path === "" ? key : `${path}.${key}`))
            : [];
    return [[path, value], ...below];
}

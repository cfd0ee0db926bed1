import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { chartsOf } from "../../../components/addons";
import { keda } from "../../../components/autoscaling/keda";
import { databaseCharts } from "../../../components/database/declare";
import { type Chart, settingsOf } from "../../../components/helm";
import { publishedImages } from "../../../components/layer";
import { strimzi } from "../../../components/messaging/strimzi";
import { karpenterCharts } from "../../../components/nodes/aws/karpenter";
import { eck } from "../../../components/search/eck";
import { usesKarpenter } from "../../../config/profiles";
import type { PlatformConfig } from "../../../components/platform";
import { type Cloud, cloudNames } from "../../../config/schema";
import type { Json, JsonObject, PlannedResource } from "../../../tools/plan";
import { isObject } from "../../../tools/plan/json";
import { configOf, declaredOf } from "../layers";

/** Properties of the cluster in the charts' values. */
export const site = {
    clusterName: "shop-cluster",
    vpcId: "vpc-1",
    interruptionQueue: "interruptions",
} satisfies Record<string, pulumi.Input<string>>;

type AnyChart = Chart<typeof site>;

/** All charts of a stack, of every layer, in the order of the layers. */
export function chartsIn(config: PlatformConfig): readonly AnyChart[] {
    const nodes = usesKarpenter(config) ? karpenterCharts : [];
    const byQueue = config.replicas.autoscale ? [keda] : [];
    return [...nodes, ...chartsOf(config), ...databaseCharts(config), strimzi, ...byQueue, eck];
}

/** All charts of production, each with the clouds that it is installed on, in order of the layers. */
export const charts: readonly (AnyChart & { readonly clouds: readonly Cloud[] })[] = (() => {
    const found = new Map<string, AnyChart & { readonly clouds: Cloud[] }>();
    for (const cloud of cloudNames) {
        for (const chart of chartsIn(configOf(cloud, "prod"))) {
            const known = found.get(chart.name);
            if (known === undefined) {
                found.set(chart.name, { ...chart, clouds: [cloud] });
            } else {
                known.clouds.push(cloud);
            }
        }
    }
    return [...found.values()];
})();

export const release = "kubernetes:helm.sh/v3:Release";
export const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const budgetType = "kubernetes:policy/v1:PodDisruptionBudget";

export function releasesOf(resources: readonly PlannedResource[]): PlannedResource[] {
    return resources.filter(({ type }) => type === release);
}

export function chartOf(name: string): (typeof charts)[number] {
    const chart = charts.find((one) => one.name === name);
    assert.ok(chart, `no chart ${name}`);
    return chart;
}

/** A chart's values in a stack, without an engine, also of a chart that only other tiers install. */
export function valuesOf({ name }: { readonly name: string }, config: PlatformConfig): JsonObject {
    const chart: AnyChart = chartsIn(config).find((one) => one.name === name) ?? chartOf(name);
    return chart.values(settingsOf(chart, config), site) as JsonObject;
}

/** A digest for an image, of its name: a different one for each. */
export function digestFor(image: string): string {
    return `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

/** A stack's configuration with a complete lock. */
export function withPins(config: PlatformConfig): PlatformConfig {
    const pins = publishedImages(declaredOf(config)).map((image) => [image, digestFor(image)] as const);
    return { ...config, images: { ...config.images, pins: Object.fromEntries(pins) } };
}

/** Every value of an object, objects and lists included, with its dotted path. */
export function walk(value: Json, path = ""): [path: string, value: Json][] {
    const below =
        typeof value === "object" && value !== null
            ? Object.entries(value).flatMap(([key, part]) => walk(part, path === "" ? key : `${path}.${key}`))
            : [];
    return [[path, value], ...below];
}

/** Values in which an image of several keys, `registry`, `repository` and `name`, is one, as its chart's template joins them. */
export function joined(value: Json): Json {
    if (Array.isArray(value)) {
        return (value as readonly Json[]).map(joined);
    }
    if (!isObject(value)) {
        return value;
    }
    const own = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, joined(part)]));
    const { registry, repository, name, ...rest } = own;
    if (typeof repository !== "string" || (typeof registry !== "string" && typeof name !== "string")) {
        return own;
    }
    const parts = [registry, repository, name].filter((part) => typeof part === "string");
    return { repository: parts.join("/"), ...rest };
}

import type { Tier } from "../../../config/schema";
import type { JsonObject, PlannedResource } from "../../../tools/plan";
import { type Plan, planStack } from "../../../tools/plan";
import { one } from "../layers";
import { shipped, type Shipped } from "../shipped";
import { each, type ServiceName } from "./shop";
import { locked } from "../locked";

/** A stack that the services are asserted in, and the figures that it gives them. */
export interface ShopStack {
    readonly title: string;
    readonly plan: () => Promise<Plan>;
    readonly tier: Tier;
    readonly resources: {
        readonly requests: { readonly cpu: string; readonly memory: string };
        readonly limits: { readonly cpu: string; readonly memory: string };
    };
    readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
    /** Replicas of each service; undefined with autoscalers. */
    readonly replicas?: number;
    /** Replicas of services that differ. @default none */
    readonly ownReplicas?: Readonly<Partial<Record<ServiceName, number>>>;
    /** Minimum replicas of every autoscaler; undefined: those of the catalogue. */
    readonly floor?: number;
    /** Bounds of autoscalers that differ. @default none */
    readonly ownBounds?: Readonly<Partial<Record<ServiceName, { readonly min: number; readonly max: number }>>>;
    /** Whether the stack has a spot pool. */
    readonly spot: boolean;
    readonly nodes: "standard" | "compact" | "shared";
    /** The image of every service without its own. */
    readonly standIn: string;
    /** Images of the services that have their own. @default none */
    readonly ownImages?: Readonly<Partial<Record<ServiceName, string>>>;
}

const figures = (cpu: string, memory: string, cpuLimit: string, memoryLimit: string) => ({
    requests: { cpu, memory },
    limits: { cpu: cpuLimit, memory: memoryLimit },
});

const podinfo = locked("ghcr.io/stefanprodan/podinfo:6.10.1");

/** The three environments side by side (EN-01 to EN-03). */
const tiers = {
    dev: {
        tier: "dev",
        resources: figures("100m", "256Mi", "500m", "512Mi"),
        whenUnsatisfiable: "ScheduleAnyway",
        replicas: 1,
        spot: false,
    },
    staging: {
        tier: "staging",
        resources: figures("250m", "512Mi", "1", "1Gi"),
        whenUnsatisfiable: "DoNotSchedule",
        floor: 2,
        spot: true,
    },
    prod: {
        tier: "prod",
        resources: figures("500m", "1Gi", "2", "2Gi"),
        whenUnsatisfiable: "DoNotSchedule",
        spot: true,
    },
} as const;

function stackOf({ title, tier, replica, laptop, plan }: Shipped): ShopStack {
    const own = { ...tiers[tier], title, plan, nodes: "standard", standIn: podinfo } as const;
    if (laptop) {
        return { ...own, nodes: "shared", resources: figures("50m", "64Mi", "500m", "512Mi") };
    }
    return replica ? { ...own, replicas: 0 } : own;
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const orderImage = `registry.example.com/shop/order@${digest}`;
const userImage = `registry.example.com/shop/user@${digest}`;

/** A stack with other settings than those of its file; planned once. */
function variation(stack: string, cloud: string, settings: Readonly<Record<string, unknown>>): ShopStack["plan"] {
    let plan: Promise<Plan> | undefined;
    const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, JSON.stringify(value)]));
    return () => (plan ??= planStack({ stack, cloud, config, checkPolicies: false }));
}

const variations: readonly ShopStack[] = [
    {
        ...tiers.prod,
        title: "prod on gcp with a mirror, two own images and own bounds",
        plan: variation("prod", "gcp", {
            images: { mirror: "registry.example.com/mirror" },
            services: { order: { image: orderImage }, user: { image: userImage, minReplicas: 5, maxReplicas: 24 } },
        }),
        nodes: "standard",
        standIn: `registry.example.com/mirror/${podinfo}`,
        ownImages: { order: orderImage, user: userImage },
        ownBounds: { user: { min: 5, max: 24 } },
    },
    {
        ...tiers.dev,
        title: "dev on aws with the compact profile",
        plan: variation("dev", "aws", { nodePools: { profile: "compact" } }),
        nodes: "compact",
        standIn: podinfo,
        ownReplicas: { frontend: 2 },
    },
    {
        ...tiers.dev,
        title: "dev on gcp with strict spread, spot nodes, own figures and own replicas",
        plan: variation("dev", "gcp", {
            scheduling: { spread: "required" },
            nodePools: { spot: { enabled: true } },
            resources: { cpuRequest: "150m", cpuLimit: "900m", memoryRequest: "300Mi", memoryLimit: "700Mi" },
            services: { order: { replicas: 4 } },
        }),
        whenUnsatisfiable: "DoNotSchedule",
        spot: true,
        resources: figures("150m", "300Mi", "900m", "700Mi"),
        ownReplicas: { order: 4 },
        nodes: "standard",
        standIn: podinfo,
    },
];

/** All shipped stacks, and stacks with the settings that change the services' objects. */
export const shopStacks: readonly ShopStack[] = [...shipped.map(stackOf), ...variations];

export const types = {
    deployment: "kubernetes:apps/v1:Deployment",
    service: "kubernetes:core/v1:Service",
    account: "kubernetes:core/v1:ServiceAccount",
    budget: "kubernetes:policy/v1:PodDisruptionBudget",
    autoscaler: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    priority: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
} as const;

/** Names of the resources of a type, sorted: those of the services' components, and all others. */
export function namesOf(
    resources: readonly PlannedResource[],
    type: string,
): { readonly services: string[]; readonly others: string[] } {
    const components = resources.filter((one) => one.type === "shop:services:Microservice").map(({ urn }) => urn);
    const all = resources.filter((one) => one.type === type);
    const names = (own: boolean) =>
        all
            .filter(({ parent = "" }) => components.includes(parent) === own)
            .map(({ name }) => name)
            .sort();
    return { services: names(true), others: names(false) };
}

/** One object of each service: of the service's name and a suffix. */
export function objectsOf(
    resources: readonly PlannedResource[],
    type: string,
    suffix = "",
): (name: ServiceName) => JsonObject {
    const found = each((name) => one(resources, type, `${name}${suffix}`).inputs);
    return (name) => found[name] ?? {};
}

/** The fields of an object that are not in the list. */
export function without(object: JsonObject, ...fields: readonly string[]): JsonObject {
    return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}

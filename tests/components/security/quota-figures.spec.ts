import assert from "node:assert/strict";

import type { PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { shipped, type Shipped } from "../shipped";

/** `pods, CPU requests, CPU limits, memory requests, memory limits`. */
type Figures = string;

const none: Figures = "0, 0, 0, 0Gi, 0Gi";

/**
 * Every quota, computed by hand from the maxima of the catalogue and the resources of the charts: plus 20 %, or plus one
 * pod of each group where that is more (AS-11).
 */
const shop: Readonly<Record<"dev" | "staging" | "prod" | "laptop" | "replica", Readonly<Record<string, Figures>>>> = {
    // One replica each, and one more during an update.
    dev: {
        frontend: "4, 400m, 2, 1Gi, 2Gi",
        services: "10, 1, 5, 2560Mi, 5Gi",
        payment: "2, 200m, 1, 512Mi, 1Gi",
    },
    // Frontend 12 and admin 4; user 12, product 20, order 15, inventory 16 and notification 8; payment 8; plus 20 %.
    staging: {
        frontend: "20, 4800m, 19200m, 9831Mi, 19661Mi",
        services: "86, 21300m, 85200m, 43623Mi, 87245Mi",
        payment: "10, 2400m, 9600m, 4916Mi, 9831Mi",
    },
    prod: {
        frontend: "20, 9600m, 38400m, 19661Mi, 39322Mi",
        services: "86, 42600m, 170400m, 87245Mi, 174490Mi",
        payment: "10, 4800m, 19200m, 9831Mi, 19661Mi",
    },
    laptop: {
        frontend: "4, 200m, 2, 256Mi, 2Gi",
        services: "10, 500m, 5, 640Mi, 5Gi",
        payment: "2, 100m, 1, 128Mi, 1Gi",
    },
    replica: {},
};

/** The gateway, external-dns on a cloud, and the load balancer's controller on AWS. */
const ingress: Readonly<Record<string, Figures>> = {
    "dev on gcp": "4, 250m, 1500m, 640Mi, 1536Mi",
    "dev on aws": "6, 350m, 2500m, 896Mi, 2560Mi",
    "dev on existing": "2, 200m, 1, 512Mi, 1Gi",
    "staging on gcp": "38, 9030m, 36300m, 18509Mi, 37172Mi",
    "staging on aws": "40, 9150m, 37500m, 18816Mi, 38400Mi",
    "staging on existing": "36, 9, 36, 18Gi, 36Gi",
    "prod on gcp": "38, 18030m, 72300m, 36941Mi, 74036Mi",
    "prod on aws": "40, 18150m, 73500m, 37248Mi, 75264Mi",
    "prod on existing": "36, 18, 72, 36Gi, 72Gi",
    "prod-dr on gcp": "2, 50m, 500m, 128Mi, 512Mi",
    "prod-dr on aws": "4, 150m, 1500m, 384Mi, 1536Mi",
    "local on existing": "2, 100m, 1, 128Mi, 1Gi",
};

/** cert-manager, external-secrets and reloader; kube-bench except on an existing cluster. */
function security({ cloud, tier, replica }: Shipped): Figures {
    if (tier === "dev" || replica) {
        return cloud === "existing" ? "15, 510m, 5100m, 1568Mi, 5760Mi" : "16, 610m, 5600m, 1696Mi, 6272Mi";
    }
    return cloud === "existing" ? "22, 760m, 7600m, 2336Mi, 8576Mi" : "23, 860m, 8100m, 2464Mi, 9088Mi";
}

/** The placeholders: 3 or 6 of 800m and 3277 MiB, plus 20 % (CL-10). */
function monitoring({ cloud, tier, replica }: Shipped): Figures {
    if (tier === "dev" || replica || cloud === "existing") {
        return none;
    }
    return tier === "staging" ? "4, 2880m, 2880m, 11798Mi, 11798Mi" : "8, 5760m, 5760m, 23595Mi, 23595Mi";
}

function figuresOf(stack: Shipped, namespace: string): Figures {
    const own = shop[stack.laptop ? "laptop" : stack.replica ? "replica" : stack.tier];
    const others: Readonly<Record<string, Figures | undefined>> = {
        ingress: ingress[stack.title],
        security: security(stack),
        monitoring: monitoring(stack),
    };
    return own[namespace] ?? others[namespace] ?? none;
}

const namespaces = [
    "argocd",
    "cache",
    "data",
    "frontend",
    "ingress",
    "messaging",
    "monitoring",
    "payment",
    "security",
    "services",
];

for (const stack of shipped) {
    describe(`the quotas in ${stack.title} (AS-11)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await stack.plan());
        });

        for (const namespace of namespaces) {
            const figures = figuresOf(stack, namespace);
            it(`in ${namespace} are ${figures}`, () => {
                const { spec } = inputs(resources, "kubernetes:core/v1:ResourceQuota", `${namespace}-quota`);
                const [pods, cpu, cpuLimit, memory, memoryLimit] = figures.split(", ");
                // Only the gateway's namespace has a load balancer, which needs node ports (NW-10).
                const exposure =
                    namespace === "ingress"
                        ? { "services.loadbalancers": "1" }
                        : { "services.loadbalancers": "0", "services.nodeports": "0" };
                assert.deepEqual((spec as { hard: unknown }).hard, {
                    "requests.cpu": cpu,
                    "limits.cpu": cpuLimit,
                    "requests.memory": memory,
                    "limits.memory": memoryLimit,
                    pods,
                    ...exposure,
                });
            });
        }
    });
}

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
    // One replica each, and one more during an update; in services also two pods of cache-warm, of 50m and 64 MiB.
    dev: {
        frontend: "4, 400m, 2, 1Gi, 2Gi",
        services: "12, 1100m, 6, 2688Mi, 5632Mi",
        payment: "2, 200m, 1, 512Mi, 1Gi",
    },
    // Frontend 12 and admin 4; user 12, product 20, order 15, inventory 16, notification 8 and cache-warm 2; payment 8; plus 20 %.
    staging: {
        frontend: "20, 4800m, 19200m, 9831Mi, 19661Mi",
        services: "88, 21420m, 86400m, 43776Mi, 87860Mi",
        payment: "10, 2400m, 9600m, 4916Mi, 9831Mi",
    },
    prod: {
        frontend: "20, 9600m, 38400m, 19661Mi, 39322Mi",
        services: "88, 42720m, 171600m, 87399Mi, 171Gi",
        payment: "10, 4800m, 19200m, 9831Mi, 19661Mi",
    },
    laptop: {
        frontend: "4, 200m, 2, 256Mi, 2Gi",
        services: "12, 600m, 6, 768Mi, 5632Mi",
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

/**
 * KEDA: two pods in each of three groups, of 125m and 320 MiB together, limited to 1 and 1 GiB, and one more of each group
 * (AS-06). The placeholders besides: 3 or 6 of 800m and 3277 MiB (CL-10); of the sum, 20 % are more than that.
 */
function monitoring({ cloud, tier, replica }: Shipped): Figures {
    if (tier === "dev" || replica) {
        return none;
    }
    if (cloud === "existing") {
        return "9, 375m, 3, 960Mi, 3Gi";
    }
    return tier === "staging" ? "12, 3180m, 5400m, 12566Mi, 14255Mi" : "15, 6060m, 8160m, 24363Mi, 26052Mi";
}

/**
 * PostgreSQL and the product search. PostgreSQL's instances have 6 cores and 24 GiB in prod, 2 and 8 GiB in staging, 250m
 * and 1 GiB in dev; on a cloud each has 100m and 256 MiB more for the archive, and the plugin runs beside the operator.
 */
const data: Readonly<Record<string, Figures>> = {
    // 15 pods, 5 more of operators, plugin and poolers during an update, and a restored instance beside the first; 10 and 4
    // without the plugin and the bucket's jobs, where nothing is restored. The search's two jobs have 50m and 64Mi each.
    "dev on a cloud": "21, 1950m, 14900m, 6444Mi, 10496Mi",
    "dev on an existing cluster": "14, 1250m, 10, 4635Mi, 7Gi",
    // 3 instances, 3 nodes of the search, 4 poolers, 2 of Pgpool-II, 4 of the operators, the plugin and 8 jobs: 25, and 7 more.
    "staging on a cloud": "32, 11430m, 31200m, 43122Mi, 49600Mi",
    // Nothing is restored: plus 20 %.
    "staging on an existing cluster": "25, 9804m, 23300m, 39106Mi, 43162Mi",
    // 4 instances and 6 poolers instead: 28; 27745m and 114188Mi, and one of each group: an instance of 6100m and 24832Mi,
    // two poolers of 100m and 128Mi, Pgpool-II of 260m and 272Mi, 175m and 342Mi of charts.
    "prod on a cloud": "35, 34480m, 59200m, 139890Mi, 146880Mi",
    "prod on an existing cluster": "28, 32544m, 50640m, 135260Mi, 139623Mi",
    // 2 instances, 2 poolers, both operators and the plugin.
    replica: "13, 19050m, 27500m, 75692Mi, 77Gi",
};

/**
 * Twelve members of Valkey and three of Memcached in prod, two jobs that wait for the former; a replica has none. On a cloud,
 * two jobs more copy the state to the bucket and back: 50m and 128 MiB, and 150m and a member's memory, plus 20 %.
 */
const cache: Readonly<Record<string, Figures>> = {
    "dev on a cloud": "9, 864m, 6240m, 1498Mi, 1920Mi",
    "dev on an existing cluster": "6, 624m, 4440m, 1037Mi, 1306Mi",
    "staging on a cloud": "22, 3096m, 21960m, 10445Mi, 11674Mi",
    "staging on an existing cluster": "20, 2856m, 20160m, 9677Mi, 10752Mi",
    "prod on a cloud": "23, 3288m, 23280m, 40589Mi, 41856Mi",
    "prod on an existing cluster": "21, 3048m, 21480m, 37978Mi, 39092Mi",
};

/** Brokers 3 of 4 GiB and controllers 3 of 1 GiB in prod, the operators and the exporter. */
const messaging = {
    dev: "7, 550m, 5500m, 2944Mi, 4352Mi",
    staging: "10, 1300m, 8500m, 8986Mi, 9984Mi",
    prod: "13, 2550m, 14700m, 20045Mi, 21044Mi",
} as const;

/** The quotas of the stores' namespaces. */
function stores({ cloud, tier, replica }: Shipped): Readonly<Record<string, Figures | undefined>> {
    const where = cloud === "existing" ? "an existing cluster" : "a cloud";
    return replica
        ? { data: data["replica"], cache: none, messaging: "2, 200m, 2, 768Mi, 1Gi" }
        : {
              data: data[`${tier} on ${where}`],
              cache: cache[`${tier} on ${where}`],
              messaging: messaging[tier],
          };
}

function figuresOf(stack: Shipped, namespace: string): Figures {
    const own = shop[stack.laptop ? "laptop" : stack.replica ? "replica" : stack.tier];
    const others: Readonly<Record<string, Figures | undefined>> = {
        ingress: ingress[stack.title],
        security: security(stack),
        monitoring: monitoring(stack),
        ...stores(stack),
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

import type { Tier } from "../../../config/schema";
import { containerSecurity } from "../helm/expected";

/** The recommended labels of an object of the layer. */
export function labels(name: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "ecommerce-platform",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": "messaging",
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** Security of Strimzi's pods. */
export const podSecurity = {
    runAsNonRoot: true,
    runAsUser: 1001,
    fsGroup: 1001,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
};

/** Security of Strimzi's containers. */
export const container = { securityContext: containerSecurity };

/** Spread, priority and links of a pod. */
export function placed(tier: Tier, matchLabels: Readonly<Record<string, string>>): object {
    return {
        topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: tier === "dev" ? "ScheduleAnyway" : "DoNotSchedule",
            labelSelector: { matchLabels },
            nodeTaintsPolicy: "Honor",
            nodeAffinityPolicy: "Honor",
        })),
        priorityClassName: "platform-addon",
        enableServiceLinks: false,
    };
}

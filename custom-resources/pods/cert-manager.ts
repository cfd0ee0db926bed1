import type { CustomKind, PodLocation } from "../pod-types";

/** The pod that answers an HTTP challenge: it comes and goes. */
const solvers: readonly PodLocation[] = ["ingress", "gatewayHTTPRoute"].map((way) => ({
    at: `spec.acme.solvers.*.http01.${way}`,
    template: "podTemplate",
}));

/** cert-manager: an issuer may say what the pods of its challenges are like. */
export const certManager: readonly CustomKind[] = ["Issuer", "ClusterIssuer"].map((kind) => ({
    apiGroup: "cert-manager.io",
    kind,
    pods: solvers,
}));

import type { CustomKind, PodLocation } from "../pod-types";

/** The temporary pod that answers an HTTP challenge. */
const solvers: readonly PodLocation[] = ["ingress", "gatewayHTTPRoute"].map((way) => ({
    at: `spec.acme.solvers.*.http01.${way}`,
    template: "podTemplate",
}));

/** cert-manager: an issuer may describe the pods of its challenges. */
export const certManager: readonly CustomKind[] = ["Issuer", "ClusterIssuer"].map((kind) => ({
    apiGroup: "cert-manager.io",
    kind,
    pods: solvers,
}));

import type { CustomKind } from "./pod-types";
import { argo } from "./pods/argo";
import { certManager } from "./pods/cert-manager";
import { cloudNativePg } from "./pods/cloud-native-pg";
import { elastic } from "./pods/elastic";
import { envoyGateway } from "./pods/envoy-gateway";
import { keda } from "./pods/keda";
import { monitoring } from "./pods/monitoring";
import { percona } from "./pods/percona";
import { strimzi } from "./pods/strimzi";

export type { CustomKind, FieldPath, OwnContainer, PodCount, PodFields, PodLocation } from "./pod-types";

/**
 * Where each custom kind says what its pods are like. The policy pack judges pods by it, the plan counts them, and the
 * played operators of `npm run test:cluster` make them. A layer with another kind hands a {@link CustomKind} of its own
 * to those readers. `tests/cluster/custom-pods.spec.ts` looks each path up in the pinned definitions.
 */
export const customKinds: readonly CustomKind[] = [
    ...argo,
    ...certManager,
    ...cloudNativePg,
    ...strimzi,
    ...elastic,
    ...keda,
    ...percona,
    ...envoyGateway,
    ...monitoring,
];

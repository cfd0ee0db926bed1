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
 * The fields of each custom kind that describe pods. The policy pack checks these pods, the plan counts them, and the
 * simulated operators of `npm run test:cluster` create them. A layer with another kind passes its own {@link CustomKind}
 * to them. `tests/cluster/custom-pods.spec.ts` checks each path against the pinned definitions.
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

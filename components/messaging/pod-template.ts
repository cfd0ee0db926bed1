import { operatorPodPlacement } from "../common/operator-pods";
import { chartPriorityClass } from "../helm";
import type { LayerConfig } from "./layer-config";
import { messagingNamespace } from "./types";

/** User of Strimzi's images, which owns their files. */
const strimziUser = 1001;

/** Security of Strimzi's pods, for Pod Security `restricted` (SC-01). */
export const podSecurity = {
    // The kubelet does not start an image that would run as root.
    runAsNonRoot: true,
    // Without a group: the image's files belong to the root group, which its user is in.
    runAsUser: strimziUser,
    // Group of the volumes, which the broker writes to.
    fsGroup: strimziUser,
    // Ownership is not changed file by file at every start.
    fsGroupChangePolicy: "OnRootMismatch",
    // Blocks system calls that Kafka does not need and exploits use.
    seccompProfile: { type: "RuntimeDefault" },
};

/** Security of each container of Strimzi (SC-01). */
export const container = {
    securityContext: {
        // Setuid binaries gain no privileges.
        allowPrivilegeEscalation: false,
        // Strimzi mounts its own volume on /tmp (https://github.com/strimzi/strimzi-kafka-operator/pull/4162).
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        // Ports are above 1024: no capability is needed.
        capabilities: { drop: ["ALL"] },
    },
};

/** The fields of a pod template that place a pod: its pool, spread over zones and nodes (CL-13), priority. */
export function placement(config: LayerConfig, labels: Readonly<Record<string, string>>) {
    return {
        ...operatorPodPlacement(config, messagingNamespace, labels),
        // Above the services, which cannot work without it.
        priorityClassName: chartPriorityClass,
        enableServiceLinks: false,
    };
}

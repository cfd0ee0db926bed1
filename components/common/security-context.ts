import type * as k8s from "@pulumi/kubernetes";

/** User and group of every container of ours: no such user on the node, so a breakout meets a stranger's rights. */
export const nonRootId = 10001;

/** Security context of a pod that Pod Security `restricted` admits (SC-01). */
export function podSecurityContext(): k8s.types.input.core.v1.PodSecurityContext {
    return {
        // The kubelet refuses the image rather than run it as root.
        runAsNonRoot: true,
        runAsUser: nonRootId,
        runAsGroup: nonRootId,
        // Mounted volumes belong to the group, so that a read-only root still leaves somewhere to write.
        fsGroup: nonRootId,
        // A volume of many files is not walked again at each start.
        fsGroupChangePolicy: "OnRootMismatch",
        // System calls that no service needs are where kernel exploits start.
        seccompProfile: { type: "RuntimeDefault" },
    };
}

/** Security context of a container that Pod Security `restricted` admits, with a read-only root on top (SC-01). */
export function containerSecurityContext(): k8s.types.input.core.v1.SecurityContext {
    return {
        // A setuid binary in an image gains nothing.
        allowPrivilegeEscalation: false,
        // What an intruder downloads cannot be put beside the program; Pod Security does not ask for this one.
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        // Ports are above 1024: not one capability is needed.
        capabilities: { drop: ["ALL"] },
    };
}

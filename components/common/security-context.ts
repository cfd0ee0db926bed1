import type * as k8s from "@pulumi/kubernetes";

/** User and group of every container; no user of the node has this id. */
export const nonRootId = 10001;

/** Security context of a pod that Pod Security `restricted` admits (SC-01). */
export function podSecurityContext(): k8s.types.input.core.v1.PodSecurityContext {
    return {
        // The kubelet does not start an image that would run as root.
        runAsNonRoot: true,
        runAsUser: nonRootId,
        runAsGroup: nonRootId,
        // Group of mounted volumes: the container can write to them although its root is read-only.
        fsGroup: nonRootId,
        // Ownership is not changed file by file at every start.
        fsGroupChangePolicy: "OnRootMismatch",
        // Blocks system calls that services do not need and exploits use.
        seccompProfile: { type: "RuntimeDefault" },
    };
}

/** Security context of a container that Pod Security `restricted` admits, with a read-only root on top (SC-01). */
export function containerSecurityContext(): k8s.types.input.core.v1.SecurityContext {
    return {
        // Setuid binaries gain no privileges.
        allowPrivilegeEscalation: false,
        // Downloaded programs cannot be stored in the image's file system; Pod Security does not require this.
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        // Ports are above 1024: no capability is needed.
        capabilities: { drop: ["ALL"] },
    };
}

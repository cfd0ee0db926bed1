import { pod } from "./bases";
import type { Fixture } from "./fixture";

const container = "spec.containers[0]";
const context = `${container}.securityContext`;

/** Pods that Pod Security `restricted` refuses, one for each of its controls. */
export function podFixtures(namespace: string): Fixture[] {
    const base = pod(namespace);
    const refused = (title: string, set: Fixture["set"], reason: RegExp): Fixture => ({
        title,
        base,
        set,
        message: new RegExp(`violates PodSecurity "restricted:v1\\.\\d+".*${reason.source}`, "s"),
    });
    return [
        // With allowPrivilegeEscalation false the API server's validation would refuse it first.
        refused(
            "a privileged container",
            { [`${context}.privileged`]: true, [`${context}.allowPrivilegeEscalation`]: true },
            /privileged/,
        ),
        refused(
            "a privileged init container",
            {
                "spec.initContainers": [
                    { name: "init", image: "registry.example.com/init:1.0.0", securityContext: { privileged: true } },
                ],
            },
            /privileged \(container "init"/,
        ),
        refused(
            "a hostPath volume",
            { "spec.volumes": [{ name: "host", hostPath: { path: "/" } }] },
            /restricted volume types|hostPath volumes/,
        ),
        refused("the host network", { "spec.hostNetwork": true }, /host namespaces \(hostNetwork=true\)/),
        refused("the host PID namespace", { "spec.hostPID": true }, /host namespaces \(hostPID=true\)/),
        refused("the host IPC namespace", { "spec.hostIPC": true }, /host namespaces \(hostIPC=true\)/),
        refused("a host port", { [`${container}.ports`]: [{ containerPort: 80, hostPort: 80 }] }, /hostPort/),
        refused("user 0", { [`${context}.runAsUser`]: 0 }, /runAsUser=0/),
        refused(
            "a pod without runAsNonRoot",
            { "spec.securityContext.runAsNonRoot": undefined },
            /runAsNonRoot != true/,
        ),
        refused("a container with runAsNonRoot false", { [`${context}.runAsNonRoot`]: false }, /runAsNonRoot != true/),
        refused("no seccomp profile", { "spec.securityContext.seccompProfile": undefined }, /seccompProfile/),
        refused(
            "an unconfined seccomp profile",
            { "spec.securityContext.seccompProfile.type": "Unconfined" },
            /seccompProfile/,
        ),
        refused(
            "privilege escalation",
            { [`${context}.allowPrivilegeEscalation`]: true },
            /allowPrivilegeEscalation != false/,
        ),
        refused("an added capability", { [`${context}.capabilities.add`]: ["NET_ADMIN"] }, /unrestricted capabilities/),
        refused(
            "capabilities that are not dropped",
            { [`${context}.capabilities`]: undefined },
            /unrestricted capabilities/,
        ),
        refused(
            "an unsafe sysctl",
            { "spec.securityContext.sysctls": [{ name: "kernel.msgmax", value: "65536" }] },
            /forbidden sysctls/,
        ),
        refused(
            "a custom SELinux type",
            { "spec.securityContext.seLinuxOptions": { type: "spc_t" } },
            /seLinuxOptions/,
        ),
    ];
}

import { pod } from "./bases";
import type { Fixture } from "./fixture";

const container = "spec.containers[0]";
const context = `${container}.securityContext`;

/** Pods that Pod Security `restricted` refuses, one for each of its controls, in a namespace of the plan's own. */
export function podFixtures(namespace: string): Fixture[] {
    const base = pod(namespace);
    const refused = (title: string, set: Fixture["set"], reason: RegExp): Fixture => ({
        title,
        base,
        set,
        because: new RegExp(`violates PodSecurity "restricted:v1\\.\\d+".*${reason.source}`, "s"),
    });
    return [
        // Escalation goes with it: the two together are what the API server takes as well-formed.
        refused(
            "a privileged container",
            { [`${context}.privileged`]: true, [`${context}.allowPrivilegeEscalation`]: true },
            /privileged/,
        ),
        refused(
            "an init container that is privileged",
            {
                "spec.initContainers": [
                    { name: "init", image: "registry.example.com/init:1.0.0", securityContext: { privileged: true } },
                ],
            },
            /privileged \(container "init"/,
        ),
        refused(
            "a writable hostPath",
            { "spec.volumes": [{ name: "host", hostPath: { path: "/" } }] },
            /restricted volume types|hostPath volumes/,
        ),
        refused("the host's network", { "spec.hostNetwork": true }, /host namespaces \(hostNetwork=true\)/),
        refused("the host's processes", { "spec.hostPID": true }, /host namespaces \(hostPID=true\)/),
        refused("the host's IPC", { "spec.hostIPC": true }, /host namespaces \(hostIPC=true\)/),
        refused("a port of the host", { [`${container}.ports`]: [{ containerPort: 80, hostPort: 80 }] }, /hostPort/),
        refused("user 0", { [`${context}.runAsUser`]: 0 }, /runAsUser=0/),
        refused("no word about root", { "spec.securityContext.runAsNonRoot": undefined }, /runAsNonRoot != true/),
        refused("a container that may be root", { [`${context}.runAsNonRoot`]: false }, /runAsNonRoot != true/),
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
        refused("kept capabilities", { [`${context}.capabilities`]: undefined }, /unrestricted capabilities/),
        refused(
            "an unsafe sysctl",
            { "spec.securityContext.sysctls": [{ name: "kernel.msgmax", value: "65536" }] },
            /forbidden sysctls/,
        ),
        refused(
            "an SELinux type of its own",
            { "spec.securityContext.seLinuxOptions": { type: "spc_t" } },
            /seLinuxOptions/,
        ),
    ];
}

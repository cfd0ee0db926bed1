import { checkOptional, finding } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Namespaced kernel settings that do not affect other pods, with the first minor version that allows them. */
export const safeSysctls: Readonly<Record<string, number>> = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ping_group_range": 0,
    "net.ipv4.ip_unprivileged_port_start": 0,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_slow_start_after_idle": 37,
    "net.ipv4.tcp_notsent_lowat": 37,
};

/** Checks each sysctl by its name. One without a name is rejected, as by the API server. */
export function checkSysctls(pod: PodView, settings: PodSettings): Finding[] {
    const list = leaf(pod.spec, "securityContext", "sysctls");
    if (list.state !== "known") {
        return checkOptional(list, () => true, "");
    }
    return elements(list).items.flatMap((sysctl) => {
        const name = sysctl.state === "known" ? leaf(sysctl, "name") : sysctl;
        return name.state === "known" && isSafe(name.value, settings.standard)
            ? []
            : [finding(name, "is not a safe sysctl of the standard")];
    });
}

function isSafe(name: unknown, standard: number): boolean {
    return typeof name === "string" && Object.hasOwn(safeSysctls, name) && (safeSysctls[name] ?? 0) <= standard;
}

export const allowOnlySafeSysctls = podRule({
    name: "allow-only-safe-sysctls",
    description: "Pods must set only the standard's safe sysctls.",
    severity: "medium",
    control: "sysctls",
    profile: "baseline",
    versioned: true,
    remediationSteps: "Remove the sysctl, or set it on a dedicated node pool.",
    check: checkSysctls,
});

import type { Exemption } from "./lib/exemptions";
import type { Level, Rule, Tier } from "./lib/types";
import { pinHelmReleases } from "./rules/helm/pin-helm-releases";
import { requirePodSecurityLabels } from "./rules/namespaces/require-pod-security-labels";
import { forbidExternalIps } from "./rules/network/forbid-external-ips";
import { forbidLoadBalancerServices } from "./rules/network/forbid-load-balancer-services";
import { forbidNodePorts } from "./rules/network/forbid-node-ports";
import { allowOnlyBaselineCapabilities } from "./rules/pods/allow-only-baseline-capabilities";
import { allowOnlyRestrictedVolumes } from "./rules/pods/allow-only-restricted-volumes";
import { allowOnlySafeSysctls } from "./rules/pods/allow-only-safe-sysctls";
import { dropAllCapabilities } from "./rules/pods/drop-all-capabilities";
import { forbidHostNamespaces } from "./rules/pods/forbid-host-namespaces";
import { forbidHostPathVolumes } from "./rules/pods/forbid-host-path-volumes";
import { forbidHostPorts } from "./rules/pods/forbid-host-ports";
import { forbidPrivilegeEscalation } from "./rules/pods/forbid-privilege-escalation";
import { forbidPrivilegedContainers } from "./rules/pods/forbid-privileged-containers";
import { forbidProbeAndLifecycleHosts } from "./rules/pods/forbid-probe-and-lifecycle-hosts";
import { forbidRootUser } from "./rules/pods/forbid-root-user";
import { forbidUnconfinedSeccomp } from "./rules/pods/forbid-unconfined-seccomp";
import { forbidWindowsHostProcess } from "./rules/pods/forbid-windows-host-process";
import { keepAppArmorEnforced } from "./rules/pods/keep-apparmor-enforced";
import { requireBaselineProcMount } from "./rules/pods/require-baseline-proc-mount";
import { requireDefaultProcMount } from "./rules/pods/require-default-proc-mount";
import { requireLocalhostProfileName } from "./rules/pods/require-localhost-profile-name";
import { requireReadOnlyRootFilesystem } from "./rules/pods/require-read-only-root-filesystem";
import { requireReadablePods } from "./rules/pods/require-readable-pods";
import { requireRunAsNonRoot } from "./rules/pods/require-run-as-non-root";
import { requireSeccompProfile } from "./rules/pods/require-seccomp-profile";
import { restrictSeLinuxOptions } from "./rules/pods/restrict-selinux-options";
import { forbidWildcardPermissions } from "./rules/rbac/forbid-wildcard-permissions";
import { forbidDefaultNamespace } from "./rules/workloads/forbid-default-namespace";
import { forbidDefaultServiceAccount } from "./rules/workloads/forbid-default-service-account";
import { forbidFloatingImageTags } from "./rules/workloads/forbid-floating-image-tags";
import { forbidServiceAccountTokens } from "./rules/workloads/forbid-service-account-tokens";
import { requireResourceBounds } from "./rules/workloads/require-resource-bounds";

export const packName = "ecommerce-platform-policy";

/** A policy and its enforcement level in each tier. */
export interface Entry {
    readonly rule: Rule;
    readonly levels: Readonly<Record<Tier, Level>>;
}

const inEveryTier = (level: Level): Entry["levels"] => ({ dev: level, staging: level, prod: level });
const mandatory = inEveryTier("mandatory");
// Baseline controls that a restricted one replaces: running both would duplicate every violation.
const replaced = inEveryTier("disabled");

/** The policies, in execution order. A policy that is not in this table does not run. */
export const table: readonly Entry[] = [
    { rule: requireReadablePods, levels: mandatory },
    { rule: forbidHostNamespaces, levels: mandatory },
    { rule: forbidPrivilegedContainers, levels: mandatory },
    { rule: allowOnlyBaselineCapabilities, levels: replaced },
    { rule: forbidHostPathVolumes, levels: replaced },
    { rule: forbidHostPorts, levels: mandatory },
    { rule: forbidProbeAndLifecycleHosts, levels: mandatory },
    { rule: keepAppArmorEnforced, levels: mandatory },
    { rule: restrictSeLinuxOptions, levels: mandatory },
    { rule: requireBaselineProcMount, levels: replaced },
    { rule: forbidUnconfinedSeccomp, levels: replaced },
    { rule: allowOnlySafeSysctls, levels: mandatory },
    { rule: forbidWindowsHostProcess, levels: mandatory },
    { rule: allowOnlyRestrictedVolumes, levels: mandatory },
    { rule: forbidPrivilegeEscalation, levels: mandatory },
    { rule: requireRunAsNonRoot, levels: mandatory },
    { rule: forbidRootUser, levels: mandatory },
    { rule: requireSeccompProfile, levels: mandatory },
    { rule: dropAllCapabilities, levels: mandatory },
    { rule: requireDefaultProcMount, levels: mandatory },
    { rule: requireLocalhostProfileName, levels: mandatory },
    { rule: requireReadOnlyRootFilesystem, levels: mandatory },
    { rule: forbidDefaultServiceAccount, levels: mandatory },
    { rule: forbidServiceAccountTokens, levels: mandatory },
    { rule: forbidFloatingImageTags, levels: mandatory },
    { rule: requireResourceBounds, levels: mandatory },
    { rule: forbidDefaultNamespace, levels: mandatory },
    { rule: requirePodSecurityLabels, levels: mandatory },
    { rule: forbidLoadBalancerServices, levels: mandatory },
    { rule: forbidNodePorts, levels: mandatory },
    { rule: forbidExternalIps, levels: mandatory },
    { rule: forbidWildcardPermissions, levels: mandatory },
    { rule: pinHelmReleases, levels: mandatory },
];

/** Default exemptions; those in a policy config replace them. */
export const shippedExemptions: readonly Exemption[] = [];

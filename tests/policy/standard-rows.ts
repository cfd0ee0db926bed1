import { both, sc, type Row } from "./rows";

const probes = [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
];

const forbiddenVolumes = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "portworxVolume",
    "photonPersistentDisk",
    "scaleIO",
    "storageos",
    "notYetInvented",
];

export const allowedVolumes: readonly string[] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

export const allowedSysctls: readonly string[] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_notsent_lowat",
];

/** Rows of the Pod Security Standards at level restricted. */
export const standardRows: readonly Row[] = [
    ...["hostNetwork", "hostPID", "hostIPC"].map((field): Row => ({
        policy: "forbid-host-namespaces",
        at: "pod",
        path: [field],
        bad: true,
        good: [false, null],
    })),
    { policy: "forbid-privileged-containers", at: "container", path: sc("privileged"), bad: true, good: [false, null] },
    { policy: "forbid-host-ports", at: "container", path: ["ports", "0", "hostPort"], bad: 8080, good: [0, null] },
    ...probes.flatMap((probe) =>
        ["httpGet", "tcpSocket"].map((action): Row => ({
            policy: "forbid-probe-and-lifecycle-hosts",
            at: "container",
            path: [...probe, action, "host"],
            bad: "10.0.0.1",
            good: ["", null],
        })),
    ),
    ...both({
        policy: "keep-apparmor-enforced",
        path: sc("appArmorProfile", "type"),
        bad: "Unconfined",
        good: ["RuntimeDefault"],
    }),
    ...both({
        policy: "restrict-selinux-options",
        path: sc("seLinuxOptions", "type"),
        bad: "spc_t",
        good: ["", null, "container_t", "container_init_t", "container_kvm_t", "container_engine_t"],
    }),
    ...["user", "role"].flatMap((field) =>
        both({
            policy: "restrict-selinux-options",
            path: sc("seLinuxOptions", field),
            bad: "system_u",
            good: ["", null],
        }),
    ),
    {
        policy: "require-default-proc-mount",
        at: "container",
        path: sc("procMount"),
        bad: "Unmasked",
        good: ["Default", null],
    },
    {
        policy: "allow-only-safe-sysctls",
        at: "pod",
        path: sc("sysctls", "0", "name"),
        bad: "kernel.msgmax",
        good: allowedSysctls,
    },
    ...both({
        policy: "forbid-windows-host-process",
        path: sc("windowsOptions", "hostProcess"),
        bad: true,
        good: [false, null],
    }),
    ...forbiddenVolumes.map((source): Row => ({
        policy: "allow-only-restricted-volumes",
        at: "pod",
        path: ["volumes", "0", source],
        bad: {},
        good: [null],
    })),
    ...[true, undefined].map((bad): Row => ({
        policy: "forbid-privilege-escalation",
        at: "container",
        path: sc("allowPrivilegeEscalation"),
        bad,
        good: [false],
        required: true,
    })),
    ...both({ policy: "require-run-as-non-root", path: sc("runAsNonRoot"), bad: false, good: [true, null] }),
    ...both({ policy: "forbid-root-user", path: sc("runAsUser"), bad: 0, good: [1, 10001, null] }),
    ...["Unconfined", "runtimedefault", ""].flatMap((bad) =>
        both({ policy: "require-seccomp-profile", path: sc("seccompProfile", "type"), bad, good: ["RuntimeDefault"] }),
    ),
    ...[["all"], ["NET_RAW"], [], undefined].map((bad): Row => ({
        policy: "drop-all-capabilities",
        at: "container",
        path: sc("capabilities", "drop"),
        bad,
        good: [["ALL"], ["NET_RAW", "ALL"]],
        required: true,
    })),
    ...["SYS_ADMIN", "NET_RAW", "CHOWN", "ALL", "net_bind_service"].map((bad): Row => ({
        policy: "drop-all-capabilities",
        at: "container",
        path: sc("capabilities", "add", "0"),
        bad,
        good: ["NET_BIND_SERVICE"],
    })),
];

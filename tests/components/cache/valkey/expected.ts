import { locked } from "../../locked";

const container = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
};
const helper = {
    requests: { cpu: "10m", memory: "32Mi", "ephemeral-storage": "16Mi" },
    limits: { cpu: "100m", memory: "64Mi", "ephemeral-storage": "64Mi" },
};
const mount = (name: string, mountPath: string) => ({ name, mountPath, readOnly: true });
const mounts = [
    mount("config", "/etc/valkey/config"),
    mount("users", "/etc/valkey/users"),
    mount("certificate", "/etc/valkey/tls"),
];
const probe = (script: string, periodSeconds: number, failureThreshold: number, timeoutSeconds: number) => ({
    exec: { command: ["sh", `/etc/valkey/config/${script}.sh`] },
    periodSeconds,
    failureThreshold,
    timeoutSeconds,
});
const health = (periodSeconds: number) => ({
    httpGet: { path: "/health", port: "metrics" },
    timeoutSeconds: 2,
    periodSeconds,
});
const podIp = { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } };
const env = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => ({ name, value }));
const valkey = locked("docker.io/valkey/valkey:9.1.1-alpine");

/** The containers of valkey-state-2-b in prod. */
export const containers = [
    {
        name: "valkey",
        image: valkey,
        imagePullPolicy: "Always",
        command: ["valkey-server", "/etc/valkey/config/valkey.conf"],
        args: [
            "--cluster-announce-ip",
            "$(POD_IP)",
            "--cluster-announce-hostname",
            "valkey-state-2-b-0.valkey-state-nodes.cache.svc.cluster.local",
        ],
        ports: [
            { name: "valkey", containerPort: 6379, protocol: "TCP" },
            { name: "bus", containerPort: 16379, protocol: "TCP" },
        ],
        env: [podIp],
        resources: {
            requests: { cpu: "150m", memory: "2Gi", "ephemeral-storage": "16Mi" },
            limits: { cpu: "1", memory: "2Gi", "ephemeral-storage": "64Mi" },
        },
        startupProbe: probe("alive", 5, 60, 6),
        livenessProbe: probe("alive", 10, 3, 6),
        readinessProbe: probe("ready", 5, 2, 12),
        lifecycle: { preStop: { exec: { command: ["sh", "/etc/valkey/config/stop.sh"] } } },
        securityContext: container,
        volumeMounts: [...mounts, { name: "data", mountPath: "/data" }],
    },
    {
        name: "heal",
        image: valkey,
        imagePullPolicy: "Always",
        command: ["sh", "/etc/valkey/config/heal.sh"],
        env: [podIp, ...env({ MEMBER: "1", REPLICAS: "1", FIRST_SLOT: "10922", LAST_SLOT: "16383" })],
        resources: helper,
        securityContext: container,
        volumeMounts: mounts,
    },
    {
        name: "exporter",
        image: locked("docker.io/oliver006/redis_exporter:v1.83.0-alpine"),
        imagePullPolicy: "Always",
        ports: [{ name: "metrics", containerPort: 9121, protocol: "TCP" }],
        env: [
            ...env({
                REDIS_ADDR: "rediss://localhost:6379",
                REDIS_USER: "metrics",
                REDIS_EXPORTER_TLS_CLIENT_CERT_FILE: "/etc/valkey/tls/tls.crt",
                REDIS_EXPORTER_TLS_CLIENT_KEY_FILE: "/etc/valkey/tls/tls.key",
                REDIS_EXPORTER_TLS_CA_CERT_FILE: "/etc/valkey/tls/ca.crt",
            }),
            {
                name: "REDIS_PASSWORD",
                valueFrom: { secretKeyRef: { name: "valkey-state-metrics", key: "password" } },
            },
        ],
        resources: helper,
        livenessProbe: health(20),
        readinessProbe: { tcpSocket: { port: "metrics" }, timeoutSeconds: 2, periodSeconds: 10 },
        securityContext: container,
        volumeMounts: [mount("certificate", "/etc/valkey/tls")],
    },
];

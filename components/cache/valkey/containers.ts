import type * as k8s from "@pulumi/kubernetes";

import { type ImageSettings, pulledImage } from "../../common/images";
import { containerSecurityContext } from "../../common/security-context";
import { variables } from "../../common/variables";
import { cacheImages } from "../images";
import { helperResources, type Instance, type Member, ports, slotsOf, storeResources } from "../instances";
import type { Resources } from "../../layer";
import { folders } from "./settings";

type Container = k8s.types.input.core.v1.Container;
type EnvVar = k8s.types.input.core.v1.EnvVar;

/** An image of the layer with its digest, in the mirror where the stack has one. */
export function cacheImage(name: keyof typeof cacheImages, settings: ImageSettings): string {
    return pulledImage(cacheImages[name], settings);
}

/** Resources with a bound for the node's disk too. */
export function bounded({ requests, limits }: Resources): k8s.types.input.core.v1.ResourceRequirements {
    return {
        requests: { ...requests, "ephemeral-storage": "16Mi" },
        limits: { ...limits, "ephemeral-storage": "64Mi" },
    };
}

/** The container that the scripts run in. */
export function scriptContainer(name: string, script: string, env: EnvVar[], images: ImageSettings): Container {
    return {
        name,
        image: cacheImage("valkey", images),
        imagePullPolicy: "Always",
        command: ["sh", `${folders.config}/${script}`],
        env,
        resources: bounded(helperResources),
        securityContext: containerSecurityContext(),
        volumeMounts: configMounts,
    };
}

const configMounts = [
    { name: "config", mountPath: folders.config, readOnly: true },
    { name: "users", mountPath: folders.users, readOnly: true },
    { name: "certificate", mountPath: folders.tls, readOnly: true },
];

const podIp: EnvVar = { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } };

/** Valkey itself. */
export function server(instance: Instance, { host }: Member, images: ImageSettings): Container {
    const probe = (script: string) => ({ exec: { command: ["sh", `${folders.config}/${script}.sh`] } });
    return {
        name: "valkey",
        image: cacheImage("valkey", images),
        imagePullPolicy: "Always",
        command: ["valkey-server", `${folders.config}/valkey.conf`],
        // Explicit, so that the other members learn a new address at once.
        args: ["--cluster-announce-ip", "$(POD_IP)", "--cluster-announce-hostname", host],
        ports: [
            { name: "valkey", containerPort: ports.valkey, protocol: "TCP" },
            { name: "bus", containerPort: ports.bus, protocol: "TCP" },
        ],
        env: [podIp],
        resources: bounded(storeResources(instance.memory)),
        // Loading a full file takes minutes.
        startupProbe: { ...probe("alive"), periodSeconds: 5, failureThreshold: 60, timeoutSeconds: 6 },
        // Not the cluster's state: a restart does not repair it.
        livenessProbe: { ...probe("alive"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 6 },
        readinessProbe: { ...probe("ready"), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 12 },
        lifecycle: { preStop: { exec: { command: ["sh", `${folders.config}/stop.sh`] } } },
        securityContext: containerSecurityContext(),
        volumeMounts: [...configMounts, { name: "data", mountPath: folders.data }],
    };
}

/** Forms and heals the cluster. */
export function healer(instance: Instance, { shard, member }: Member, images: ImageSettings): Container {
    const [first, last] = slotsOf(shard, instance.shards);
    const values = { MEMBER: member, REPLICAS: instance.replicasPerShard, FIRST_SLOT: first, LAST_SLOT: last };
    const env = Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
    return scriptContainer("heal", "heal.sh", [podIp, ...env], images);
}

/** Metrics of the member, for the hit ratio among others (CA-10). */
export function exporter(metricsSecret: k8s.types.input.core.v1.SecretKeySelector, images: ImageSettings): Container {
    const values = {
        // A name of the certificate.
        REDIS_ADDR: `rediss://localhost:${ports.valkey}`,
        REDIS_USER: "metrics",
        REDIS_EXPORTER_TLS_CLIENT_CERT_FILE: `${folders.tls}/tls.crt`,
        REDIS_EXPORTER_TLS_CLIENT_KEY_FILE: `${folders.tls}/tls.key`,
        REDIS_EXPORTER_TLS_CA_CERT_FILE: `${folders.tls}/ca.crt`,
    };
    const health = { httpGet: { path: "/health", port: "metrics" }, timeoutSeconds: 2 };
    return {
        name: "exporter",
        image: cacheImage("valkeyExporter", images),
        imagePullPolicy: "Always",
        ports: [{ name: "metrics", containerPort: ports.valkeyMetrics, protocol: "TCP" }],
        env: [...variables(values), { name: "REDIS_PASSWORD", valueFrom: { secretKeyRef: metricsSecret } }],
        resources: bounded(helperResources),
        livenessProbe: { ...health, periodSeconds: 20 },
        // Only the port: metrics that cannot be read do not take the store's pod out of its Service.
        readinessProbe: { tcpSocket: { port: "metrics" }, timeoutSeconds: 2, periodSeconds: 10 },
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: "certificate", mountPath: folders.tls, readOnly: true }],
    };
}

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { inEveryZone, poolPlacement, topologySpread } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext } from "../../common/security-context";
import { helperResources, namespace, ports, storeResources } from "../instances";
import type { LayerConfig } from "../layer-config";
import { bounded, cacheImage } from "../valkey/containers";
import { podBasics } from "../valkey/member";
import { folders } from "./settings";

/** Arguments of {@link podSpec}. */
export interface MemcachedPodArgs {
    readonly name: string;
    readonly config: LayerConfig;
    readonly serviceAccountName: pulumi.Input<string>;
    readonly priorityClassName: string;
    readonly configMapName: pulumi.Input<string>;
    readonly certificateSecret: pulumi.Input<string>;
}

function server({ config }: MemcachedPodArgs): k8s.types.input.core.v1.Container {
    // The port of clients requires a certificate, which the kubelet has not: it only connects.
    const port = { tcpSocket: { port: "memcached" }, timeoutSeconds: 2 };
    return {
        name: "memcached",
        image: cacheImage("memcached", config.images),
        imagePullPolicy: "Always",
        command: ["sh", `${folders.config}/start.sh`],
        ports: [{ name: "memcached", containerPort: ports.memcached, protocol: "TCP" }],
        resources: bounded(storeResources(config.cache.memcached.memory)),
        startupProbe: { ...port, periodSeconds: 2, failureThreshold: 30 },
        livenessProbe: { ...port, periodSeconds: 10, failureThreshold: 3 },
        // It answers, on its port without TLS: a process that only accepts connections gets none.
        readinessProbe: {
            exec: { command: ["sh", `${folders.config}/ready.sh`] },
            timeoutSeconds: 5,
            periodSeconds: 5,
            failureThreshold: 2,
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "config", mountPath: folders.config, readOnly: true },
            { name: "certificate", mountPath: folders.tls, readOnly: true },
        ],
    };
}

function exporter({ config }: MemcachedPodArgs): k8s.types.input.core.v1.Container {
    const health = { httpGet: { path: "/", port: "metrics" }, timeoutSeconds: 2 };
    return {
        name: "exporter",
        image: cacheImage("memcachedExporter", config.images),
        imagePullPolicy: "Always",
        args: [
            `--memcached.address=127.0.0.1:${ports.memcachedLocal}`,
            `--web.listen-address=:${ports.memcachedMetrics}`,
        ],
        ports: [{ name: "metrics", containerPort: ports.memcachedMetrics, protocol: "TCP" }],
        resources: bounded(helperResources),
        livenessProbe: { ...health, periodSeconds: 20 },
        // Only the port: metrics that cannot be read do not take the store's pod out of its Service.
        readinessProbe: { tcpSocket: { port: "metrics" }, timeoutSeconds: 2, periodSeconds: 10 },
        securityContext: containerSecurityContext(),
    };
}

/** The pod of Memcached. Rows CA-02, CL-06, CL-13, SC-01. */
export function podSpec(args: MemcachedPodArgs): k8s.types.input.core.v1.PodSpec {
    const { name, config } = args;
    const pool = homePool(config.profile, { namespace, pool: "cache" });
    const zones = Math.min(config.cache.memcached.replicas, config.zones.length);
    return {
        ...podBasics(args),
        // Nothing else would move them: their number is fixed, and a pod that runs stays where it is.
        topologySpreadConstraints: inEveryZone(topologySpread(name, config.spread), zones),
        ...poolPlacement(name, pool, config.dedicatedPools),
        terminationGracePeriodSeconds: 30,
        containers: [server(args), exporter(args)],
        volumes: [
            { name: "config", configMap: { name: args.configMapName, defaultMode: 0o440 } },
            secretVolume("certificate", args.certificateSecret),
        ],
    };
}

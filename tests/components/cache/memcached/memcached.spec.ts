import assert from "node:assert/strict";

import { cloudNames, tierNames } from "../../../../config/schema";
import { objectOf } from "../../../data/harness/rendered";
import { locked } from "../../locked";
import { cachesOf, kinds } from "../caches";

const selector = { "app.kubernetes.io/name": "memcached", "app.kubernetes.io/part-of": "ecommerce-platform" };
const securityContext = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
};
const tcp = (periodSeconds: number, failureThreshold: number) => ({
    tcpSocket: { port: "memcached" },
    timeoutSeconds: 2,
    periodSeconds,
    failureThreshold,
});
const http = (periodSeconds: number) => ({ httpGet: { path: "/", port: "metrics" }, timeoutSeconds: 2, periodSeconds });

describe("Memcached's objects (CA-02, X3)", () => {
    const pods = { dev: 1, staging: 2, prod: 3 };

    for (const tier of tierNames) {
        for (const cloud of cloudNames) {
            it(`are these in ${tier} on ${cloud}`, async () => {
                const { objects, settings } = await cachesOf(cloud, tier);
                assert.deepEqual(
                    kinds(objects).filter((one) => one.includes("memcached")),
                    [
                        "Certificate memcached-certificate",
                        "ConfigMap memcached",
                        "PodDisruptionBudget memcached",
                        "PodMonitor memcached",
                        "Service memcached",
                        "Service memcached-nodes",
                        "ServiceAccount memcached",
                        "StatefulSet memcached",
                    ],
                );
                const set = objectOf(objects, "StatefulSet", "memcached")["spec"] as { replicas: number };
                assert.equal(set.replicas, pods[tier]);
                const { NODES = "", ...others } = await settings("memcached", "product");
                assert.equal(NODES.split(",").length, pods[tier]);
                assert.deepEqual(others, { TLS: "true" });
            });
        }
    }

    it("include a StatefulSet with exactly these fields in prod", async () => {
        const { objects } = await cachesOf("gcp", "prod");
        const { template, ...spec } = objectOf(objects, "StatefulSet", "memcached")["spec"] as {
            template: { spec: Readonly<Record<string, unknown>> };
        };
        assert.deepEqual(spec, {
            serviceName: "memcached-nodes",
            replicas: 3,
            revisionHistoryLimit: 5,
            minReadySeconds: 60,
            podManagementPolicy: "Parallel",
            selector: { matchLabels: selector },
        });
        assert.deepEqual(template.spec["containers"], [
            {
                name: "memcached",
                image: locked("docker.io/library/memcached:1.6.39-alpine"),
                imagePullPolicy: "Always",
                command: ["sh", "/etc/memcached/config/start.sh"],
                ports: [{ name: "memcached", containerPort: 11211, protocol: "TCP" }],
                resources: {
                    requests: { cpu: "150m", memory: "2Gi", "ephemeral-storage": "16Mi" },
                    limits: { cpu: "1", memory: "2Gi", "ephemeral-storage": "64Mi" },
                },
                startupProbe: tcp(2, 30),
                livenessProbe: tcp(10, 3),
                readinessProbe: {
                    exec: { command: ["sh", "/etc/memcached/config/ready.sh"] },
                    timeoutSeconds: 5,
                    periodSeconds: 5,
                    failureThreshold: 2,
                },
                securityContext,
                volumeMounts: [
                    { name: "config", mountPath: "/etc/memcached/config", readOnly: true },
                    { name: "certificate", mountPath: "/etc/memcached/tls", readOnly: true },
                ],
            },
            {
                name: "exporter",
                image: locked("docker.io/prom/memcached-exporter:v0.15.4"),
                imagePullPolicy: "Always",
                args: ["--memcached.address=127.0.0.1:11212", "--web.listen-address=:9150"],
                ports: [{ name: "metrics", containerPort: 9150, protocol: "TCP" }],
                resources: {
                    requests: { cpu: "10m", memory: "32Mi", "ephemeral-storage": "16Mi" },
                    limits: { cpu: "100m", memory: "64Mi", "ephemeral-storage": "64Mi" },
                },
                livenessProbe: http(20),
                readinessProbe: { tcpSocket: { port: "metrics" }, timeoutSeconds: 2, periodSeconds: 10 },
                securityContext,
            },
        ]);
        const spread = template.spec["topologySpreadConstraints"] as readonly Readonly<Record<string, unknown>>[];
        assert.deepEqual(
            spread.map(({ topologyKey, whenUnsatisfiable, minDomains }) => [
                topologyKey,
                whenUnsatisfiable,
                minDomains,
            ]),
            [
                ["topology.kubernetes.io/zone", "DoNotSchedule", 3],
                ["kubernetes.io/hostname", "DoNotSchedule", undefined],
            ],
        );
    });
});

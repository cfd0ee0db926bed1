import assert from "node:assert/strict";

import type { Cloud } from "../../../../config/schema";
import { listAt } from "../../../../tools/plan/json";
import { kindObject, kindObjects, type TestedKind } from "../kinds";
import { labelsOf } from "../objects";

const cases: readonly (readonly [Cloud, TestedKind, string, string])[] = [
    ["gcp", "cloud-sql", "verify-ca", "address of database-instances"],
    ["aws", "rds", "verify-full", "database-instances.rds.example"],
];

const name = "postgres-exporter";
const metadata = { name, namespace: "data", labels: labelsOf(name) };
const matchLabels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" };

for (const [cloud, kind, sslmode, primary] of cases) {
    describe(`metrics of ${kind} (DB-11, DB-18)`, () => {
        it("are asked for by server, and have its name", async () => {
            const { inputs } = await kindObject("PodMonitor database-exporter-monitor", cloud, kind);
            const { spec, ...rest } = inputs;
            assert.deepEqual(rest, { apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor", metadata });
            const endpoints = listAt(inputs, "spec", "podMetricsEndpoints");
            const targets = endpoints.map((endpoint) => listAt(endpoint, "params", "target"));
            assert.equal(new Set(targets.flat()).size, 4);
            assert.deepEqual(targets[0], [`${primary}:5432/shop`]);
            assert.deepEqual(spec, {
                selector: { matchLabels },
                podMetricsEndpoints: targets.map((target) => ({
                    port: "metrics",
                    path: "/probe",
                    params: { target, auth_module: ["shop"] },
                    relabelings: [{ sourceLabels: ["__param_target"], targetLabel: "instance" }],
                })),
            });
        });

        it("are read by a role of its own, whose password is in a Secret only", async () => {
            const { inputs } = await kindObject("Secret database-exporter-config", cloud, kind);
            const config = {
                auth_modules: {
                    shop: {
                        type: "userpass",
                        userpass: {
                            username: "postgres_exporter",
                            password: "password of database-roles-exporter",
                        },
                        options: { sslmode, sslrootcert: "/etc/postgres-authority/ca.crt", connect_timeout: "5" },
                    },
                },
            };
            const text = Buffer.from(JSON.stringify(config)).toString("base64");
            assert.deepEqual(inputs, {
                apiVersion: "v1",
                kind: "Secret",
                metadata: { ...metadata, name: `${name}-config` },
                data: { secret: { "config.json": text } },
            });
            const { data } = (await kindObject("Secret database-create-roles-sql", cloud, kind)).inputs as {
                readonly data: { readonly secret: { readonly "roles.sql": string } };
            };
            const sql = Buffer.from(data.secret["roles.sql"], "base64").toString();
            assert.match(sql, /^GRANT pg_monitor TO postgres_exporter;$/m);
            assert.doesNotMatch(sql, /GRANT (?!pg_monitor)\S+ TO postgres_exporter;/);
        });

        it("come from one restricted pod that uses no API", async () => {
            const { inputs } = await kindObject("Deployment database-exporter", cloud, kind);
            const probe = { httpGet: { path: "/", port: "metrics" } };
            assert.deepEqual((inputs["spec"] as { readonly template: { readonly spec: object } }).template.spec, {
                serviceAccountName: name,
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                priorityClassName: "platform-addon",
                securityContext: {
                    runAsNonRoot: true,
                    runAsUser: 10001,
                    runAsGroup: 10001,
                    fsGroup: 10001,
                    fsGroupChangePolicy: "OnRootMismatch",
                    seccompProfile: { type: "RuntimeDefault" },
                },
                affinity: {
                    podAntiAffinity: {
                        preferredDuringSchedulingIgnoredDuringExecution: [
                            {
                                weight: 100,
                                podAffinityTerm: {
                                    labelSelector: { matchLabels },
                                    topologyKey: "kubernetes.io/hostname",
                                },
                            },
                        ],
                    },
                },
                containers: [
                    {
                        name,
                        image: "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
                        imagePullPolicy: "Always",
                        args: [
                            "--config.file=/etc/postgres-exporter/config.json",
                            "--extend.query-path=/etc/postgres-queries/queries",
                        ],
                        ports: [{ name: "metrics", containerPort: 9187 }],
                        resources: {
                            requests: { cpu: "25m", memory: "64Mi", "ephemeral-storage": "16Mi" },
                            limits: { cpu: "250m", memory: "128Mi", "ephemeral-storage": "32Mi" },
                        },
                        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
                        livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
                        readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 2 },
                        securityContext: {
                            runAsNonRoot: true,
                            allowPrivilegeEscalation: false,
                            readOnlyRootFilesystem: true,
                            capabilities: { drop: ["ALL"] },
                        },
                        volumeMounts: [
                            { name: "config", mountPath: "/etc/postgres-exporter", readOnly: true },
                            { name: "authority", mountPath: "/etc/postgres-authority", readOnly: true },
                            { name: "queries", mountPath: "/etc/postgres-queries", readOnly: true },
                        ],
                    },
                ],
                volumes: [
                    { name: "config", secret: { secretName: `${name}-config`, defaultMode: 0o440 } },
                    { name: "authority", secret: { secretName: "postgres-authority", defaultMode: 0o440 } },
                    { name: "queries", configMap: { name: "postgres-partitions" } },
                ],
            });
            assert.deepEqual(inputs["metadata"], {
                ...metadata,
                annotations: { "reloader.stakater.com/auto": "true" },
            });
            assert.equal((inputs["spec"] as { readonly replicas: number }).replicas, 1);
        });

        it("have the shop's own figures, as the operator's", async () => {
            const queries = (own: TestedKind) => kindObject("ConfigMap database-queries", cloud, own);
            assert.deepEqual((await queries(kind)).inputs, (await queries("cloudnative-pg")).inputs);
        });

        it("are the operator's own where it runs the instances", async () => {
            const titles = Object.keys(await kindObjects(cloud, "cloudnative-pg"));
            assert.deepEqual(
                titles.filter((title) => title.includes("exporter")),
                [],
            );
        });
    });
}

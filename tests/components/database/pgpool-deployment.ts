const controlVariables = [
    { name: "PGPOOL_BIN", value: "/opt/pgpool-II/bin" },
    { name: "PGPOOL_RUN", value: "/var/run/pgpool" },
    { name: "PCPPASSFILE", value: "/var/run/pgpool/pcppass" },
];

/** The container that attaches the primary again. */
const attach = {
    command: ["/bin/sh", "/etc/pgpool/attach.sh"],
    env: controlVariables,
    image: "docker.io/pgpool/pgpool:4.4.3",
    imagePullPolicy: "Always",
    name: "attach",
    resources: {
        limits: { cpu: "100m", "ephemeral-storage": "32Mi", memory: "64Mi" },
        requests: { cpu: "10m", "ephemeral-storage": "16Mi", memory: "16Mi" },
    },
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
    },
    volumeMounts: [
        { mountPath: "/etc/pgpool", name: "config", readOnly: true },
        { mountPath: "/var/run/pgpool", name: "run" },
    ],
};

/** The Deployment's spec of Pgpool-II in staging and prod. */
export const deploymentSpec = {
    replicas: 2,
    selector: {
        matchLabels: {
            "app.kubernetes.io/name": "pgpool",
            "app.kubernetes.io/part-of": "ecommerce-platform",
        },
    },
    strategy: {
        rollingUpdate: {
            maxSurge: 1,
            maxUnavailable: 0,
        },
        type: "RollingUpdate",
    },
    template: {
        metadata: {
            labels: {
                "app.kubernetes.io/component": "database",
                "app.kubernetes.io/instance": "pgpool",
                "app.kubernetes.io/managed-by": "pulumi",
                "app.kubernetes.io/name": "pgpool",
                "app.kubernetes.io/part-of": "ecommerce-platform",
            },
        },
        spec: {
            affinity: {
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        {
                            podAffinityTerm: {
                                labelSelector: {
                                    matchLabels: {
                                        "app.kubernetes.io/name": "pgpool",
                                        "app.kubernetes.io/part-of": "ecommerce-platform",
                                    },
                                },
                                topologyKey: "kubernetes.io/hostname",
                            },
                            weight: 100,
                        },
                    ],
                },
            },
            automountServiceAccountToken: false,
            containers: [
                {
                    args: [
                        "-n",
                        "-f",
                        "/etc/pgpool/pgpool.conf",
                        "-a",
                        "/etc/pgpool/pool_hba.conf",
                        "-F",
                        "/var/run/pgpool/pcp.conf",
                    ],
                    command: ["/opt/pgpool-II/bin/pgpool"],
                    env: controlVariables,
                    image: "docker.io/pgpool/pgpool:4.4.3",
                    imagePullPolicy: "Always",
                    lifecycle: {
                        preStop: {
                            sleep: {
                                seconds: 5,
                            },
                        },
                    },
                    livenessProbe: {
                        exec: {
                            command: ["/bin/sh", "/etc/pgpool/alive.sh"],
                        },
                        failureThreshold: 3,
                        periodSeconds: 10,
                        timeoutSeconds: 5,
                    },
                    name: "pgpool",
                    ports: [
                        {
                            containerPort: 5432,
                            name: "postgresql",
                        },
                    ],
                    readinessProbe: {
                        failureThreshold: 2,
                        periodSeconds: 5,
                        tcpSocket: {
                            port: "postgresql",
                        },
                    },
                    resources: {
                        limits: {
                            cpu: "1",
                            "ephemeral-storage": "128Mi",
                            memory: "512Mi",
                        },
                        requests: {
                            cpu: "250m",
                            "ephemeral-storage": "64Mi",
                            memory: "256Mi",
                        },
                    },
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        capabilities: {
                            drop: ["ALL"],
                        },
                        readOnlyRootFilesystem: true,
                        runAsNonRoot: true,
                    },
                    startupProbe: {
                        failureThreshold: 30,
                        periodSeconds: 2,
                        tcpSocket: {
                            port: "postgresql",
                        },
                    },
                    volumeMounts: [
                        {
                            mountPath: "/etc/pgpool",
                            name: "config",
                            readOnly: true,
                        },
                        {
                            mountPath: "/var/run/secrets/pgpool",
                            name: "passwords",
                            readOnly: true,
                        },
                        {
                            mountPath: "/var/run/secrets/certificate",
                            name: "certificate",
                            readOnly: true,
                        },
                        {
                            mountPath: "/var/run/pgpool",
                            name: "run",
                        },
                    ],
                },
                attach,
            ],
            enableServiceLinks: false,
            initContainers: [{ ...attach, command: ["/bin/sh", "/etc/pgpool/control.sh"], name: "control" }],
            priorityClassName: "platform-addon",
            securityContext: {
                fsGroup: 10001,
                fsGroupChangePolicy: "OnRootMismatch",
                runAsGroup: 10001,
                runAsNonRoot: true,
                runAsUser: 10001,
                seccompProfile: {
                    type: "RuntimeDefault",
                },
            },
            serviceAccountName: "pgpool",
            terminationGracePeriodSeconds: 60,
            topologySpreadConstraints: [
                {
                    labelSelector: {
                        matchLabels: {
                            "app.kubernetes.io/name": "pgpool",
                            "app.kubernetes.io/part-of": "ecommerce-platform",
                        },
                    },
                    matchLabelKeys: ["pod-template-hash"],
                    maxSkew: 1,
                    nodeAffinityPolicy: "Honor",
                    nodeTaintsPolicy: "Honor",
                    topologyKey: "topology.kubernetes.io/zone",
                    whenUnsatisfiable: "DoNotSchedule",
                },
                {
                    labelSelector: {
                        matchLabels: {
                            "app.kubernetes.io/name": "pgpool",
                            "app.kubernetes.io/part-of": "ecommerce-platform",
                        },
                    },
                    matchLabelKeys: ["pod-template-hash"],
                    maxSkew: 1,
                    nodeAffinityPolicy: "Honor",
                    nodeTaintsPolicy: "Honor",
                    topologyKey: "kubernetes.io/hostname",
                    whenUnsatisfiable: "DoNotSchedule",
                },
            ],
            volumes: [
                {
                    configMap: {
                        name: "pgpool",
                    },
                    name: "config",
                },
                {
                    name: "passwords",
                    secret: {
                        defaultMode: 288,
                        secretName: "pgpool-passwords",
                    },
                },
                {
                    name: "certificate",
                    secret: {
                        defaultMode: 288,
                        secretName: "pgpool-certificate",
                    },
                },
                {
                    emptyDir: {
                        sizeLimit: "64Mi",
                    },
                    name: "run",
                },
            ],
        },
    },
};

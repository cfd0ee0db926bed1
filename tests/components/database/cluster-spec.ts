import { postgresParameters } from "../../../components/database/parameters";
import type { Cloud, Tier } from "../../../config/schema";
import { resolvedSettings } from "../../config/stack-file";

/** `parameters.spec.ts` asserts their values. */
export const parameters = (tier: Tier, cloud: Cloud) => postgresParameters(resolvedSettings(tier, cloud).database);

const role = (comment: string, name: string, secret: string) =>
    ({ comment, ensure: "present", login: true, name, passwordSecret: { name: secret } }) as const;

/** The Cluster's spec in prod on GCP. */
export const prod = {
    affinity: {
        enablePodAntiAffinity: true,
        nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                    {
                        matchExpressions: [
                            {
                                key: "workload",
                                operator: "In",
                                values: ["database"],
                            },
                        ],
                    },
                ],
            },
        },
        podAntiAffinityType: "required",
        tolerations: [
            {
                effect: "NoSchedule",
                key: "workload",
                operator: "Equal",
                value: "database",
            },
        ],
        topologyKey: "kubernetes.io/hostname",
    },
    backup: {
        target: "prefer-standby",
        volumeSnapshot: {
            className: "snapshots-daily",
            online: true,
            snapshotOwnerReference: "backup",
            walClassName: "snapshots-daily",
        },
    },
    bootstrap: {
        initdb: {
            dataChecksums: true,
            database: "shop",
            owner: "shop_owner",
            secret: {
                name: "postgres-owner",
            },
        },
    },
    certificates: {
        serverCASecret: "postgres-server",
        serverTLSSecret: "postgres-server",
    },
    enablePDB: true,
    enableSuperuserAccess: false,
    imageName: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    inheritedMetadata: {
        labels: {
            "app.kubernetes.io/part-of": "ecommerce-platform",
        },
    },
    instances: 4,
    monitoring: {
        customQueriesConfigMap: [
            { name: "postgres-partitions", key: "queries" },
            { name: "postgres-statements", key: "queries" },
        ],
    },
    managed: {
        roles: [
            {
                comment: "Owner of the schema",
                ensure: "present",
                inRoles: [
                    "user_service",
                    "product_service",
                    "order_service",
                    "payment_service",
                    "inventory_service",
                    "cache_warm_service",
                    "shop_maintenance",
                ],
                login: true,
                name: "shop_owner",
                passwordSecret: { name: "postgres-owner" },
            },
            {
                comment: "Creation of partitions",
                ensure: "present",
                login: true,
                name: "shop_maintenance",
                passwordSecret: { name: "postgres-maintenance" },
            },
            role("Service user", "user_service", "postgres-user"),
            role("Service product", "product_service", "postgres-product"),
            role("Service order", "order_service", "postgres-order"),
            role("Service payment", "payment_service", "postgres-payment"),
            role("Service inventory", "inventory_service", "postgres-inventory"),
            role("Job cache-warm", "cache_warm_service", "postgres-cache-warm"),
            {
                comment: "Health checks of Pgpool-II",
                ensure: "present",
                inRoles: ["pg_monitor"],
                login: true,
                name: "pgpool",
                passwordSecret: { name: "postgres-pgpool" },
            },
        ],
    },
    plugins: [
        {
            isWALArchiver: true,
            name: "barman-cloud.cloudnative-pg.io",
            parameters: {
                barmanObjectName: "postgres",
            },
        },
    ],
    podSecurityContext: {
        fsGroup: 26,
        fsGroupChangePolicy: "OnRootMismatch",
        runAsGroup: 26,
        runAsNonRoot: true,
        runAsUser: 26,
        seccompProfile: {
            type: "RuntimeDefault",
        },
    },
    postgresql: {
        parameters: parameters("prod", "gcp"),
        pg_hba: ["hostnossl all all all reject"],
        synchronous: {
            dataDurability: "required",
            method: "any",
            number: 1,
        },
    },
    primaryUpdateMethod: "switchover",
    primaryUpdateStrategy: "unsupervised",
    priorityClassName: "platform-addon",
    resources: {
        limits: {
            cpu: "6",
            memory: "24Gi",
        },
        requests: {
            cpu: "6",
            memory: "24Gi",
        },
    },
    seccompProfile: {
        type: "RuntimeDefault",
    },
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: {
            drop: ["ALL"],
        },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
    },
    serviceAccountTemplate: {
        metadata: {
            annotations: {
                "iam.gke.io/gcp-service-account": "database-postgres@shop",
            },
        },
    },
    storage: {
        resizeInUseVolumes: true,
        size: "200Gi",
        storageClass: "fast-ssd",
    },
    topologySpreadConstraints: [
        {
            labelSelector: {
                matchExpressions: [
                    {
                        key: "cnpg.io/instanceName",
                        operator: "Exists",
                    },
                ],
                matchLabels: {
                    "cnpg.io/cluster": "postgres",
                },
            },
            maxSkew: 1,
            minDomains: 3,
            nodeAffinityPolicy: "Honor",
            nodeTaintsPolicy: "Honor",
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
        },
        {
            labelSelector: {
                matchExpressions: [
                    {
                        key: "cnpg.io/instanceName",
                        operator: "Exists",
                    },
                ],
                matchLabels: {
                    "cnpg.io/cluster": "postgres",
                },
            },
            maxSkew: 1,
            nodeAffinityPolicy: "Honor",
            nodeTaintsPolicy: "Honor",
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "DoNotSchedule",
        },
    ],
    walStorage: {
        resizeInUseVolumes: true,
        size: "50Gi",
        storageClass: "fast-ssd",
    },
};

import type * as pulumi from "@pulumi/pulumi";

import { operatorPodPlacement } from "../common/operator-pods";
import { chartPriorityClass } from "../helm";
import { backupSpec, backupVolumes } from "./backup-spec";
import { memberResources } from "./declare";
import { documentsImage, operatorVersion } from "./images";
import type { LayerConfig } from "./layer-config";
import type { MongoSpec, MongoUser } from "./mongo-types";
import { clusterName, documentsNamespace, memberLabels, replicaSet } from "./types";

/** What the replica set is created with. */
export interface MongoSpecArgs {
    readonly storageClass: string;
    /** Secret of the members' certificate. */
    readonly certificate: pulumi.Input<string>;
    /** ServiceAccount of the members. */
    readonly account: string;
    readonly users: readonly MongoUser[];
    /** Name of the bucket of backups; undefined where there are none. */
    readonly bucket: pulumi.Input<string> | undefined;
}

/** User and group of the server's image, which own its files. */
const mongodId = 1001;

/** Fields that Pod Security `restricted` requires of a container, for every container of a member. */
export const containerSecurity = {
    // Setuid binaries gain no privileges.
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    // Ports are above 1024: no capability is needed.
    capabilities: { drop: ["ALL"] },
};

/** Members on the pool of the databases, in zones and on nodes of their own (CL-05, CL-13). */
function placement(config: LayerConfig) {
    const labels = { ...memberLabels };
    const pool = operatorPodPlacement(config, documentsNamespace, labels, "database");
    const term = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } };
    const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
    const required = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    return {
        ...pool,
        // In place of the operator's own, which has no pool.
        affinity: {
            advanced: {
                ...pool.affinity,
                // Two members on one node would be lost together, and with them the majority.
                podAntiAffinity: config.spread === "required" ? required : preferred,
            },
        },
        // Above the services, which cannot work without it.
        priorityClassName: chartPriorityClass,
    };
}

/** The one replica set. */
function members(config: LayerConfig, { storageClass, account, bucket }: MongoSpecArgs) {
    const { requests, limits } = memberResources(config);
    return {
        name: replicaSet,
        size: config.documents.members,
        ...placement(config),
        serviceAccountName: account,
        resources: { requests: { ...requests }, limits: { ...limits } },
        podSecurityContext: {
            // The kubelet does not start an image that would run as root.
            runAsNonRoot: true,
            runAsUser: mongodId,
            runAsGroup: mongodId,
            fsGroup: mongodId,
            // Ownership is not changed file by file at every start.
            fsGroupChangePolicy: "OnRootMismatch",
            // Blocks system calls that MongoDB does not need and exploits use.
            seccompProfile: { type: "RuntimeDefault" },
        },
        // No read-only root: the operator's start script, its probes and the first `rs.initiate` use /tmp/tls.pem, and there is
        // no field for a volume there. Version 1.23.0 mounts one
        // (https://github.com/percona/percona-server-mongodb-operator/pull/2415).
        containerSecurityContext: { ...containerSecurity },
        // One member at a time; of a single one it does not block the drain of its node.
        podDisruptionBudget: { maxUnavailable: 1 },
        // Half of the memory above 1 GiB, and 256 MiB at least.
        storage: { engine: "wiredTiger", wiredTiger: { engineConfig: { cacheSizeRatio: 0.5 } } },
        // The volumes are encrypted with the stack's key. The operator's own key would be in a Secret alone: a volume that
        // outlives its cluster, as all do, could not be read any more.
        configuration: "security:\n  enableEncryption: false\n",
        volumeSpec: {
            persistentVolumeClaim: {
                storageClassName: storageClass,
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: `${config.documents.volumeGiB}Gi` } },
            },
        },
        ...(bucket === undefined ? {} : { sidecarVolumes: backupVolumes }),
    };
}

/** The resource of the replica set. */
export function mongoSpec(config: LayerConfig, args: MongoSpecArgs): MongoSpec {
    const { certificate, users, bucket } = args;
    const { images, documents } = config;
    return {
        crVersion: operatorVersion,
        image: documentsImage("server", images),
        // Copies the operator's programs into each pod. By default the image of the operator's pod, without a digest.
        initImage: documentsImage("operator", images),
        initContainerSecurityContext: {
            ...containerSecurity,
            // It writes to volumes only.
            readOnlyRootFilesystem: true,
        },
        imagePullPolicy: "Always",
        // Secondaries first, then the primary hands over.
        updateStrategy: "SmartUpdate",
        // Versions change with the stack, and the vendor's service is not asked.
        upgradeOptions: { apply: "disabled" },
        // The operator refuses a single member otherwise.
        ...(documents.members < 3 ? { unsafeFlags: { replsetSize: true } } : {}),
        tls: {
            // No connection without TLS, from clients and between members.
            mode: "requireTLS",
            // By default a member accepts any certificate.
            allowInvalidCertificates: false,
        },
        secrets: {
            // The operator's own users; it generates their passwords.
            users: `${clusterName}-system-users`,
            ssl: certificate,
            // Members know each other by a generated key. With x.509 they are recognised by O, OU or DC of their certificate,
            // which certificates of the stack's authority do not have.
            // https://www.mongodb.com/docs/manual/core/security-internal-authentication/
            keyFile: `${clusterName}-key-file`,
        },
        users: [...users],
        sharding: { enabled: false },
        replsets: [members(config, args)],
        backup: backupSpec(config, bucket),
    };
}

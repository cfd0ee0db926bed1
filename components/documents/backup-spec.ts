import type * as pulumi from "@pulumi/pulumi";

import { backupResources } from "./declare";
import { documentsImage } from "./images";
import type { LayerConfig } from "./layer-config";
import type { MongoBackup } from "./mongo-types";
import { backupFolder } from "./permissions";

/** Name of the storage, and of the volume for temporary files. */
const storage = "bucket";
const temporary = "backup-tmp";

/** Volumes of a member's pod for the container that makes backups. */
export const backupVolumes = [{ name: temporary, emptyDir: { sizeLimit: "64Mi" } }];

/**
 * Daily backups to the bucket with the cloud identity of the members' ServiceAccount: without `credentialsSecret`, the agent
 * takes the pod's (https://docs.percona.com/percona-backup-mongodb/manage/automate-s3-access.html).
 */
export function backupSpec(
    { documents, images, region }: LayerConfig,
    bucket: pulumi.Input<string> | undefined,
): MongoBackup {
    const image = documentsImage("backup", images);
    if (bucket === undefined) {
        return { enabled: false, image };
    }
    const { requests, limits } = backupResources;
    return {
        enabled: true,
        image,
        resources: { requests: { ...requests }, limits: { ...limits } },
        containerSecurityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
        },
        // The agent writes certificate and key there, for its connection to the member.
        volumeMounts: [{ name: temporary, mountPath: "/tmp" }],
        storages: { [storage]: { type: "s3", s3: { bucket, region, prefix: backupFolder } } },
        // No archived log: a restore is to the time of a backup.
        pitr: { enabled: false },
        tasks: [
            {
                name: "daily",
                enabled: true,
                schedule: documents.backup.schedule,
                storageName: storage,
                type: "logical",
                compressionType: "gzip",
                // The bucket keeps what is deleted for as long as it keeps old versions.
                retention: { type: "count", count: documents.backup.copies, deleteFromStorage: true },
            },
        ],
    };
}

import type * as pulumi from "@pulumi/pulumi";

import type { Certificates } from "../../certificates/types";
import type { Cluster } from "../../cluster/types";
import type { Namespaces } from "../../security/types";
import type { Storage } from "../../storage/types";
import { hasBackup, type Instance } from "../instances";
import type { LayerConfig } from "../layer-config";
import type { ValkeyCluster } from "../valkey/cluster";
import { ValkeyBackup } from "./backup";

/** Arguments of {@link createBackup}. */
export interface CreateBackupArgs {
    readonly config: LayerConfig;
    readonly cluster: Cluster;
    readonly certificates: Certificates;
    readonly security: Namespaces;
    readonly storage: Storage;
    readonly instance: Instance;
    readonly valkey: ValkeyCluster;
}

/** Creates the backup of a cluster that has one. */
export function createBackup(name: string, args: CreateBackupArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, cluster, certificates, security, storage, instance, valkey } = args;
    const bucket = storage.backups;
    if (!hasBackup(config, instance.name) || bucket === undefined) {
        return;
    }
    new ValkeyBackup(
        `${name}-backup`,
        {
            config,
            cluster,
            bucket,
            namespace: security.cache,
            issuer: certificates.internal,
            members: valkey.configMapName,
            secrets: valkey.backupSecrets,
            needs: valkey.ready,
        },
        opts,
    );
}

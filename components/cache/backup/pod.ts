import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { bucketContainer } from "../../common/bucket/container";
import { poolPlacement } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import { namespace } from "../instances";
import type { LayerConfig } from "../layer-config";
import { cacheImage } from "../valkey/containers";
import { folders } from "../valkey/settings";
import { backupNames, copySizeMiB, folder, scriptResources } from "./names";

type PodSpec = k8s.types.input.core.v1.PodSpec;

/** Arguments of {@link backupPod}. */
export interface BackupPodArgs {
    readonly kind: keyof typeof backupNames;
    readonly config: LayerConfig;
    readonly url: pulumi.Input<string>;
    /** ConfigMap with the list of members. */
    readonly members: pulumi.Input<string>;
    /** ConfigMap with the scripts. */
    readonly scripts: pulumi.Input<string>;
    /** Secret of the one user that the pod has. */
    readonly login: pulumi.Input<string>;
    /** Secret of the client certificate. */
    readonly certificate: pulumi.Input<string>;
}

function script({ kind, config }: BackupPodArgs): k8s.types.input.core.v1.Container {
    const { requests, limits } = scriptResources(kind, config);
    const mount = (name: string, mountPath: string) => ({ name, mountPath, readOnly: true });
    return {
        name: kind,
        image: cacheImage("valkey", config.images),
        imagePullPolicy: "Always",
        command: ["sh", `/etc/valkey/backup/${kind}.sh`],
        env: [
            { name: "FOLDER", value: "/copy" },
            ...(kind === "restore" ? [{ name: "LOCAL_ADDRESS", value: "127.0.0.1" }] : []),
        ],
        resources: {
            // The files of the shared volume count for the pod's disk.
            requests: { ...requests, "ephemeral-storage": `${copySizeMiB(config)}Mi` },
            limits: { ...limits, "ephemeral-storage": `${copySizeMiB(config) + 64}Mi` },
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "copy", mountPath: "/copy" },
            mount("members", folders.config),
            mount("scripts", "/etc/valkey/backup"),
            mount("login", "/etc/valkey/login"),
            mount("certificate", folders.tls),
        ],
    };
}

/** The pod that copies the cluster to the bucket, or back (BK-06). */
export function backupPod(args: BackupPodArgs): PodSpec {
    const { kind, config, url, members, scripts, login, certificate } = args;
    const bucket = (name: string, command: "put" | "get", env: Readonly<Record<string, string>>) =>
        bucketContainer({ name, images: config.images, url, command, prefix: folder, volume: "copy", env });
    const own = script(args);
    const containers =
        kind === "backup"
            ? {
                  initContainers: [own],
                  containers: [bucket("upload", "put", { KEEP_DAYS: String(config.cache.backup.retentionDays) })],
              }
            : // Empty is the newest copy.
              { initContainers: [bucket("download", "get", { COPY: "" })], containers: [own] };
    return {
        securityContext: podSecurityContext(),
        ...poolPlacement(
            backupNames[kind],
            homePool(config.profile, { namespace, pool: "cache" }),
            config.dedicatedPools,
        ),
        ...containers,
        volumes: [
            { name: "copy", emptyDir: { sizeLimit: `${copySizeMiB(config)}Mi` } },
            { name: "members", configMap: { name: members, items: [{ key: "members", path: "members" }] } },
            { name: "scripts", configMap: { name: scripts } },
            // The pod's group reads them: the container's user does not own the files.
            secretVolume("login", login),
            secretVolume("certificate", certificate),
        ],
    };
}

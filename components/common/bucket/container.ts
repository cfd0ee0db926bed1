import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { type ImageSettings, pulledImage } from "../images";
import { containerSecurityContext } from "../security-context";

type Container = k8s.types.input.core.v1.Container;

/**
 * CloudNativePG's image `system`: PostgreSQL with Barman Cloud, and therefore Python with the SDKs of both clouds.
 * Read: cloudnative-pg/postgres-containers at a949ae5, Dockerfile, stage `system`.
 */
export const systemImage = "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie";

/** The image with its digest, in the mirror where the stack has one. */
export function bucketImage(settings: ImageSettings): string {
    return pulledImage(systemImage, settings);
}

const program = readFileSync(join(__dirname, "bucket.py"), "utf8");

/** Requests and limits of a container that copies files. */
export const bucketResources = {
    requests: { cpu: "50m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "256Mi" },
} as const;

/** Arguments of {@link bucketContainer}. */
export interface BucketContainerArgs {
    readonly name: string;
    readonly images: ImageSettings;
    /** `gs://` or `s3://` and the name. */
    readonly url: pulumi.Input<string>;
    readonly command: "put" | "get";
    /** Folder of the bucket. */
    readonly prefix: string;
    /** Volume with the files. */
    readonly volume: string;
    /** More variables: `KEEP_DAYS` for `put`, `COPY` for `get`. */
    readonly env: Readonly<Record<string, string>>;
}

/** Folder of the files in the container. */
const folder = "/copy";

/** A container that copies a volume's files to the bucket, or back (BK-06). */
export function bucketContainer(args: BucketContainerArgs): Container {
    const { name, images, url, command, prefix, volume, env } = args;
    const size = { "ephemeral-storage": "64Mi" };
    return {
        name,
        image: bucketImage(images),
        imagePullPolicy: "Always",
        command: ["python3", "-c", program, command, prefix, folder],
        env: [{ name: "BUCKET", value: url }, ...Object.entries(env).map(([key, value]) => ({ name: key, value }))],
        resources: {
            requests: { ...bucketResources.requests, ...size },
            limits: { ...bucketResources.limits, ...size },
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: volume, mountPath: folder }],
    };
}

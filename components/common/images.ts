import type { CoreConfig } from "../../config/core";
import type { Pins } from "../../config/image-lock";

/** Where a stack's images come from, and their digests. */
export type ImageSettings = Pick<CoreConfig["images"], "mirror" | "pins">;

/**
 * The images that the platform references itself, pinned here and nowhere else. `images.lock.json` adds the digests that
 * are known.
 */
export const images = {
    /** Runs in place of a service that has no image in the configuration. */
    standIn: "ghcr.io/stefanprodan/podinfo:6.10.1",
    /** An idle process, 300 kB: reserves capacity on a node (CL-10). */
    pause: "registry.k8s.io/pause:3.10.1",
    /** Compares the cluster with the CIS benchmark (SC-12). Read: aquasecurity/kube-bench at v0.15.6. */
    kubeBench: "docker.io/aquasec/kube-bench:v0.15.6",
} as const;

/** An image under its full name in the mirror; unchanged without a mirror. */
export function mirrored(image: string, mirror: string | undefined): string {
    return mirror === undefined ? image : `${mirror}/${image}`;
}

/** An image with its digest, where there is one. Runtimes pull by the digest and ignore the tag, which remains for readers. */
export function pinned(image: string, pins: Pins): string {
    const digest = pins[image];
    return digest === undefined ? image : `${image}@${digest}`;
}

/** An image with its digest, in the mirror where the stack has one: what a pod is given. */
export function pulledImage(image: string, { mirror, pins }: ImageSettings): string {
    return mirrored(pinned(image, pins), mirror);
}

/** An image of {@link images}, as a pod is given it. */
export function platformImage(name: keyof typeof images, settings: ImageSettings): string {
    return pulledImage(images[name], settings);
}

/** An image's name as it is written, without tag and digest. */
export function withoutVersion(image: string): string {
    return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

/**
 * Full name of an image without tag and digest, as container runtimes resolve it: without a host it is on Docker Hub, and
 * without a folder it is an official image there.
 */
export function repositoryOf(image: string): string {
    const bare = withoutVersion(image);
    const [first = "", ...rest] = bare.split("/");
    if (rest.length === 0) {
        return `docker.io/library/${bare}`;
    }
    return /[.:]|^localhost$/.test(first) ? bare : `docker.io/${bare}`;
}

/**
 * Images that the platform itself names, pinned here and nowhere else. `images.lock.json` adds digests where they were
 * looked up.
 */
export const images = {
    /** Runs in place of a service whose own image is not set yet. */
    standIn: "ghcr.io/stefanprodan/podinfo:6.10.1",
    /** Does nothing, in 300 kB: holds room on a node (CL-10). */
    pause: "registry.k8s.io/pause:3.10.1",
    /** Compares the cluster with CIS' recommendations (SC-12). Read: aquasecurity/kube-bench at v0.15.6. */
    kubeBench: "docker.io/aquasec/kube-bench:v0.15.6",
} as const;

/** An image under its full name in the mirror, or as it is where there is none. */
export function mirrored(image: string, mirror: string | undefined): string {
    return mirror === undefined ? image : `${mirror}/${image}`;
}

/** An image of {@link images}, from where this stack's images come from. */
export function platformImage(name: keyof typeof images, mirror: string | undefined): string {
    return mirrored(images[name], mirror);
}

/**
 * Full name of an image without tag and digest, as container runtimes read it: without a host it is one of Docker Hub's,
 * and without a folder one of its official images.
 */
export function repositoryOf(image: string): string {
    const bare = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
    const [first = "", ...rest] = bare.split("/");
    if (rest.length === 0) {
        return `docker.io/library/${bare}`;
    }
    return /[.:]|^localhost$/.test(first) ? bare : `docker.io/${bare}`;
}

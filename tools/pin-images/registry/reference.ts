import { repositoryOf } from "../../../components/common/images";

/** An image by its registry's host, its name there, and a tag or a digest. */
export interface Reference {
    /** The image as written. */
    readonly image: string;
    readonly host: string;
    readonly repository: string;
    readonly tag: string;
}

/** Parses an image with a tag. */
export function parseReference(image: string): Reference {
    const tag = /:([^:/@]+)$/.exec(image)?.[1];
    if (tag === undefined) {
        throw new Error(`${image} has no tag`);
    }
    const name = repositoryOf(image);
    const slash = name.indexOf("/");
    return { image, host: name.slice(0, slash), repository: name.slice(slash + 1), tag };
}

/** Whether a host is this machine. Its registries have no certificate: container runtimes use HTTP there too. */
export function isLoopback(hostname: string): boolean {
    return /^(?:localhost|127(?:\.\d{1,3}){3})(?::\d+)?$/.test(hostname);
}

/** Base of a registry's API. Docker Hub's is on another host than its images are named after. */
export function apiOf(host: string): string {
    if (host === "docker.io") {
        return "https://registry-1.docker.io";
    }
    return `${isLoopback(host) ? "http" : "https"}://${host}`;
}

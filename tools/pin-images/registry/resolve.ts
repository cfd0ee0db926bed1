import { createHash } from "node:crypto";

import { z } from "zod";

import { errorCode, type RegistryClient } from "./client";
import { RegistryError } from "./error";
import type { Answer } from "./http";
import type { Reference } from "./reference";

/** An image as its registry has it. */
export interface ResolvedImage {
    /** Of the list of platforms where there is one, so that each node pulls its own. */
    readonly digest: string;
    /** Such as `linux/amd64`; sorted. */
    readonly platforms: readonly string[];
}

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const word = z.string().regex(/^[\w.-]+$/);

/** Of a list's entry, or of an image's configuration, which has further fields. */
const platformSchema = z.object({ os: word.optional(), architecture: word.optional(), variant: word.optional() });

const manifestSchema = z.object({
    mediaType: z.string().optional(),
    manifests: z.array(z.object({ digest, platform: platformSchema.optional() })).optional(),
    config: z.object({ digest }).optional(),
});

/** Lists of platforms first: registries that have both answer with the first that they can. */
const accept = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

function digestOf(body: Buffer): string {
    return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

/** Reads a manifest or a blob, and compares it with its digest. */
async function read(client: RegistryClient, reference: Reference, path: string): Promise<Answer & { digest: string }> {
    const { host, repository, tag } = reference;
    const answer = await client.get(reference, path, accept);
    if (answer.status === 404) {
        const code = errorCode(answer) ?? "404";
        const what =
            code === "NAME_UNKNOWN" ? `repository ${repository}` : path === `manifests/${tag}` ? `tag ${tag}` : path;
        throw new RegistryError(`${host} has no ${what} (${code}): it was deleted, never copied there, or is misspelt`);
    }
    if (answer.status !== 200) {
        throw new RegistryError(`${host} answers ${answer.status} to ${path} of ${repository}`);
    }
    const digest = digestOf(answer.body);
    const wanted = path.slice(path.indexOf("/") + 1);
    // Optional by the specification.
    const stated = wanted.startsWith("sha256:") ? wanted : answer.headers.get("docker-content-digest");
    if (stated?.startsWith("sha256:") === true && stated !== digest) {
        throw new RegistryError(
            `${host} sent ${digest} in place of ${stated}; a proxy or the registry changes the content`,
        );
    }
    return { ...answer, digest };
}

function parsed<Schema extends z.ZodType>(answer: Answer, schema: Schema, { host }: Reference): z.output<Schema> {
    try {
        return schema.parse(JSON.parse(answer.body.toString("utf8")));
    } catch {
        const type = answer.headers.get("content-type") ?? "without a type";
        throw new RegistryError(`${host} sent a manifest of a form that is not known here: ${type}`);
    }
}

/** `linux/arm64`; undefined for entries that are no image, such as attestations, which have the platform unknown/unknown. */
function platformName({
    os = "unknown",
    architecture = "unknown",
    variant,
}: z.output<typeof platformSchema>): string | undefined {
    if (os === "unknown" || architecture === "unknown") {
        return undefined;
    }
    // The only variant of arm64, often left out.
    return [
        os,
        architecture,
        ...(variant === undefined || `${architecture}/${variant}` === "arm64/v8" ? [] : [variant]),
    ].join("/");
}

/**
 * Looks up an image by its tag, or by another reference such as a digest.
 *
 * @param required platforms that it has to have, with their manifests: a mirror may have the list without them
 * @throws RegistryError if the image does not exist or is not what its digest says, or lacks a platform
 */
export async function resolveImage(
    client: RegistryClient,
    reference: Reference,
    required: readonly string[] = [],
): Promise<ResolvedImage> {
    const answer = await read(client, reference, `manifests/${reference.tag}`);
    const { manifests, config, mediaType } = parsed(answer, manifestSchema, reference);
    const byPlatform = new Map<string, string | undefined>();
    if (manifests !== undefined) {
        for (const { digest, platform = {} } of manifests) {
            const name = platformName(platform);
            if (name !== undefined) {
                byPlatform.set(name, digest);
            }
        }
    } else if (config !== undefined) {
        const name = platformName(
            parsed(await read(client, reference, `blobs/${config.digest}`), platformSchema, reference),
        );
        byPlatform.set(name ?? "unknown/unknown", undefined);
    } else {
        const type = mediaType ?? answer.headers.get("content-type") ?? "without a type";
        throw new RegistryError(`${reference.host} sent a manifest of a form that is not known here: ${type}`);
    }
    const platforms = [...byPlatform.keys()].sort();
    const missing = required.filter((platform) => !byPlatform.has(platform));
    if (missing.length > 0 || platforms.length === 0) {
        const has = platforms.join(", ") || "no platform";
        throw new RegistryError(
            `has ${has}, and the nodes need ${missing.join(", ") || "one"}; use another version or other nodes`,
        );
    }
    for (const platform of required) {
        const digest = byPlatform.get(platform);
        if (digest !== undefined) {
            await read(client, reference, `manifests/${digest}`);
        }
    }
    return { digest: answer.digest, platforms };
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { isPinnedImage } from "./formats";

/** Digests by image: full name with tag, as its project publishes it. */
export type Pins = Readonly<Record<string, string>>;

const entry = z.strictObject({
    /** Of the list of platforms, or of the one image. */
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    /** Platforms of the image, such as `linux/amd64`; sorted. */
    platforms: z.array(z.string().regex(/^[^\s/]+(?:\/[^\s/]+){1,2}$/)).min(1),
    /** Date of the look-up, UTC. */
    date: z.iso.date(),
});

const schema = z.strictObject({ images: z.record(z.string().refine(isPinnedImage), entry) });

/** What a registry answered for a tag. */
export type LockedImage = z.output<typeof entry>;

/** The content of `images.lock.json`, which only `npm run pin-images` writes. */
export type ImageLock = z.output<typeof schema>;

/** The lock of this project. */
export const lockFile = join(__dirname, "..", "images.lock.json");

const remedy = "restore it from version control, or run npm run pin-images";

/**
 * Reads a lock.
 *
 * @throws RunError if it is missing or has another form: without it, images would run by tag unnoticed
 */
export function readLock(path: string = lockFile): ImageLock {
    if (!existsSync(path)) {
        throw new pulumi.RunError(`images.lock.json is missing; ${remedy}`);
    }
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new pulumi.RunError(`images.lock.json is not valid JSON (${String(error)}); ${remedy}`);
    }
    const result = schema.safeParse(content);
    if (!result.success) {
        const places = result.error.issues.map(({ path: steps }) => steps.map(String).join(" ") || "its top level");
        throw new pulumi.RunError(`images.lock.json is not valid at ${places.join(", at ")}; ${remedy}`);
    }
    return result.data;
}

/** The digests of a lock. */
export function pinsOf({ images }: ImageLock): Pins {
    return Object.fromEntries(Object.entries(images).map(([image, { digest }]) => [image, digest]));
}

/** The digests of `images.lock.json`. */
export function readPins(): Pins {
    return pinsOf(readLock());
}

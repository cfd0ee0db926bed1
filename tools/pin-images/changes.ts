import type { ImageLock, LockedImage } from "../../config/image-lock";
import type { LookUp } from "./look-up";

/** What a run finds for one image. */
export interface Change {
    readonly kind: "added" | "moved" | "removed" | "unchanged" | "failed";
    readonly image: string;
    readonly text: string;
}

function found(lock: ImageLock, result: LookUp): Change {
    const { image } = result;
    if (result.problem !== undefined) {
        return { kind: "failed", image, text: result.problem };
    }
    const { digest, platforms } = result;
    const before = lock.images[image];
    if (before === undefined) {
        return { kind: "added", image, text: `${digest} (${platforms.join(", ")})` };
    }
    return before.digest === digest
        ? { kind: "unchanged", image, text: digest }
        : { kind: "moved", image, text: `from ${before.digest} of ${before.date} to ${digest}` };
}

/** The differences between a lock and what the registries have, sorted by image. */
export function changesOf(lock: ImageLock, results: readonly LookUp[], all: boolean): readonly Change[] {
    const wanted = new Set(results.map(({ image }) => image));
    const unused = all ? Object.keys(lock.images).filter((image) => !wanted.has(image)) : [];
    return [
        ...results.map((result) => found(lock, result)),
        ...unused.map((image): Change => ({ kind: "removed", image, text: "no stack runs it" })),
    ].sort((a, b) => (a.image < b.image ? -1 : 1));
}

/** The lock after a run: an image whose digest is the same keeps its date. */
export function nextLock(lock: ImageLock, results: readonly LookUp[], all: boolean, date: string): ImageLock {
    const images: Record<string, LockedImage> = all ? {} : { ...lock.images };
    for (const result of results) {
        if (result.problem === undefined) {
            const { image, digest, platforms } = result;
            const before = lock.images[image];
            images[image] = { digest, platforms: [...platforms], date: before?.digest === digest ? before.date : date };
        }
    }
    return { images };
}

/** The text of `images.lock.json`: sorted by image, so that a version change is one hunk of a review. */
export function lockText({ images }: ImageLock): string {
    const sorted = Object.entries(images).sort(([a], [b]) => (a < b ? -1 : 1));
    const fixed = sorted.map(([image, { digest, platforms, date }]) => [image, { digest, platforms, date }]);
    return `${JSON.stringify({ images: Object.fromEntries(fixed) as object }, undefined, 4)}\n`;
}

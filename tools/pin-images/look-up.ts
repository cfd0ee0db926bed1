import type { RegistryClient } from "./registry/client";
import { RegistryError } from "./registry/error";
import { parseReference } from "./registry/reference";
import { type ResolvedImage, resolveImage } from "./registry/resolve";
import type { WantedImage } from "./wanted";

/** The result for one image. */
export type LookUp =
    | (ResolvedImage & { readonly image: string; readonly problem?: undefined })
    | { readonly image: string; readonly problem: string };

/** Look-ups at the same time: registries limit requests. */
const parallel = 4;

async function lookUp(client: RegistryClient, { image, sources, platforms }: WantedImage): Promise<LookUp> {
    let first: (ResolvedImage & { readonly source: string }) | undefined;
    for (const source of sources) {
        const named = source === image ? "" : `${source}: `;
        try {
            const found = await resolveImage(client, parseReference(source), platforms);
            if (first !== undefined && first.digest !== found.digest) {
                const both = `${first.source} is ${first.digest}, and ${source} is ${found.digest}`;
                return { image, problem: `${both}; copy the image with its digest and all its platforms` };
            }
            first ??= { ...found, source };
        } catch (error) {
            if (error instanceof RegistryError) {
                return { image, problem: `${named}${error.message}` };
            }
            throw error;
        }
    }
    return first === undefined
        ? { image, problem: "no stack runs it" }
        : { image, digest: first.digest, platforms: first.platforms };
}

/** Looks up every image; the results are in the order of the images. */
export async function lookUpAll(client: RegistryClient, wanted: readonly WantedImage[]): Promise<readonly LookUp[]> {
    const results = new Map<WantedImage, LookUp>();
    const queue = [...wanted];
    const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
            results.set(next, await lookUp(client, next));
        }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return wanted.flatMap((image) => results.get(image) ?? []);
}

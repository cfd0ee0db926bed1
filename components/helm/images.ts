import { type ImageSettings, mirrored } from "../common/images";
import type { Chart, ImageValues } from "./types";

/**
 * The values of one of a chart's images. Without a digest the chart's own tag applies. A tag is given with the digest, so
 * that the pod shows the version; it has no effect on what is pulled.
 *
 * @throws Error for an image that the chart does not declare: it would be missing in the mirror and in the lock
 */
export function imageValues(
    { name, images, digests = "tag" }: Pick<Chart, "name" | "images" | "digests">,
    repository: string,
    { mirror, pins }: ImageSettings,
): ImageValues {
    const declared = images.find((image) => image.repository === repository);
    if (declared === undefined) {
        throw new Error(`chart ${name} has no image ${repository}; add it to its images`);
    }
    const { tag } = declared;
    const digest = pins[`${repository}:${tag}`];
    const where = { repository: mirrored(repository, mirror) };
    if (digest === undefined) {
        return where;
    }
    return digests === "key" ? { ...where, tag, digest } : { ...where, tag: `${tag}@${digest}` };
}

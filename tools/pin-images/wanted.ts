import { workloads } from "../../catalog/workloads";
import { mirrored } from "../../components/common/images";
import { publishedImages } from "../../components/layer";
import { layers } from "../../components/platform";
import { platformConfig } from "../../components/platform-config";
import { restored } from "../../config/load";
import { nodePlatforms } from "../../config/machines";
import { ConfigError } from "../../config/problems";
import { keyPrefix } from "../../config/validate";
import { readStack } from "../plan/record/stack-config";

/** An image that stacks run. */
export interface WantedImage {
    /** Full name with tag, as its project publishes it: the key in the lock. */
    readonly image: string;
    /** Where the stacks pull it from: the image itself, its copies in mirrors, or both. */
    readonly sources: readonly string[];
    /** Platforms of the stacks' nodes. */
    readonly platforms: readonly string[];
}

/** What one stack runs. */
export interface StackImages {
    readonly images: readonly string[];
    readonly mirror: string | undefined;
    readonly platforms: readonly string[];
}

/**
 * The images of a stack, by its configuration alone: also of one that is refused because it has no digests yet.
 *
 * @throws Fault for a stack without a file; ConfigError for an invalid configuration
 */
export function imagesOfStack(root: string, stack: string, cloud: string | undefined): StackImages {
    const { values } = readStack(root, stack).config;
    const all = cloud === undefined ? values : { ...values, [`${keyPrefix}cloud`]: cloud };
    const { config, problems } = platformConfig.validate(stack, restored(platformConfig.schema, all), workloads);
    if (problems !== undefined) {
        throw new ConfigError(stack, problems);
    }
    const images = publishedImages(layers.declare({ config, workloads }));
    return { images, mirror: config.images.mirror, platforms: nodePlatforms(config.cloud) };
}

/** The images of all stacks, sorted. */
export function wantedImages(stacks: readonly StackImages[], platforms: readonly string[]): readonly WantedImage[] {
    const names = [...new Set(stacks.flatMap(({ images }) => images))].sort();
    return names.map((image) => {
        const users = stacks.filter(({ images }) => images.includes(image));
        const needed = platforms.length > 0 ? platforms : users.flatMap((stack) => stack.platforms);
        return {
            image,
            sources: [...new Set(users.map(({ mirror }) => mirrored(image, mirror)))].sort(),
            platforms: [...new Set(needed)].sort(),
        };
    });
}

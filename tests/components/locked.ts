import { readPins } from "../../config/image-lock";

const pins = readPins();

/**
 * An image as the shipped program runs it: with its digest where `images.lock.json` has one. The tests hold with any lock,
 * so that pinning changes no test.
 */
export function locked(image: string): string {
    const digest = pins[image];
    return digest === undefined ? image : `${image}@${digest}`;
}

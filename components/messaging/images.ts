import { type ImageSettings, pulledImage } from "../common/images";

/** Version of the operator, and of the images that belong to it. */
export const strimziVersion = "1.2.0";

/** Strimzi 1.2.0 runs 4.2.0 to 4.3.1. Read: strimzi/strimzi-kafka-operator at 1.2.0, kafka-versions.yaml. */
export const kafkaVersion = "4.3.1";

/** Format of the metadata log; raised after an upgrade that is not to be reverted. */
export const metadataVersion = "4.3-IV0";

/** The images of the cluster's pods, which its resources name: the operator's own names have neither digest nor mirror. */
export const images = {
    kafka: `quay.io/strimzi/kafka:${strimziVersion}-kafka-${kafkaVersion}`,
    operator: `quay.io/strimzi/operator:${strimziVersion}`,
} as const;

/** An image with its digest, in the mirror where the stack has one. */
export function image(name: keyof typeof images, settings: ImageSettings): string {
    return pulledImage(images[name], settings);
}

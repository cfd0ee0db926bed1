import { type ImageSettings, pulledImage } from "../common/images";

/** The version that ECK 3.5.0 is published with. Read: elastic/cloud-on-k8s at v3.5.0, config/samples. */
export const elasticsearchVersion = "9.4.3";

/** The image of the nodes, which their resource names: the operator's own name has neither digest nor mirror. */
export const elasticsearchImage = `docker.elastic.co/elasticsearch/elasticsearch:${elasticsearchVersion}`;

/** The image with its digest, in the mirror where the stack has one. */
export function nodeImage(settings: ImageSettings): string {
    return pulledImage(elasticsearchImage, settings);
}

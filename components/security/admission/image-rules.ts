import { namespaces } from "../../../catalog/types";
import { mirrored, repositoryOf, withoutVersion } from "../../common/images";
import { type Declared, imagesByTag } from "../../layer";
import { ofContainers } from "./containers";
import { newOrChanged, podRequests } from "./pod-rules";
import type { AdmissionRule } from "./rule";

const dockerHub = /^docker\.io\/(library\/)?/;

/** The spellings of a repository: images on Docker Hub are also written without its host. */
function spellings(written: string): string[] {
    const full = repositoryOf(written);
    return [written, full, full.replace(dockerHub, "")];
}

/** CEL's list of texts; names of images have no characters that CEL's strings escape. */
function list(texts: readonly string[]): string {
    return `[${texts.map((text) => `'${text}'`).join(", ")}]`;
}

function unique(texts: readonly string[]): string[] {
    return [...new Set(texts)].sort();
}

/** Images outside the repositories in the variable `list`. */
function outside(listName: string): string {
    return (
        `variables.images.filter(i, !variables.${listName}.exists(r, ` +
        "i == r || i.startsWith(r + ':') || i.startsWith(r + '@')))"
    );
}

/** Only images that the platform runs, from where it takes them: the mirror, if the stack has one (SC-08, SC-11). */
export function admittedImages({ images }: Pick<Declared, "images">, mirror: string | undefined): AdmissionRule {
    const names = images.map(({ image, own = false }) => withoutVersion(own ? image : mirrored(image, mirror)));
    return {
        name: "admitted-images",
        namespaces,
        requests: podRequests,
        condition: newOrChanged,
        variables: {
            images: ofContainers("c.image"),
            admitted: list(unique(names.flatMap(spellings))),
            others: outside("admitted"),
        },
        validations: [
            {
                expression: "size(variables.others) == 0",
                refusal: {
                    messageExpression:
                        "'not an image of the platform: ' + variables.others.join(', ') + " +
                        "'; give an image of a repository that the stack declares'",
                },
            },
        ],
    };
}

/**
 * Images by digest, which no registry can exchange (SC-11). Repositories with an image whose digest neither the lock nor
 * the configuration has are left out: none with `images.requireDigests`.
 */
export function imagesByDigest(declared: Pick<Declared, "images" | "pins">, mirror: string | undefined): AdmissionRule {
    const own = new Set(declared.images.flatMap(({ image, own: isOwn = false }) => (isOwn ? [image] : [])));
    const byTag = imagesByTag(declared).map((image) =>
        withoutVersion(own.has(image) ? image : mirrored(image, mirror)),
    );
    return {
        name: "images-by-digest",
        namespaces,
        requests: podRequests,
        condition: newOrChanged,
        variables: {
            images: `(${ofContainers("c.image")}).filter(i, !i.contains('@sha256:'))`,
            byTag: list(unique(byTag.flatMap(spellings))),
            others: outside("byTag"),
        },
        validations: [
            {
                expression: "size(variables.others) == 0",
                refusal: {
                    messageExpression:
                        "'an image without a digest: ' + variables.others.join(', ') + '; give it as name@sha256:...'",
                },
            },
        ],
    };
}

import type { GoodExample, Mistake } from "../stack-file";

/** Mirrors and digests of images. */
export const imageMistakes: readonly Mistake[] = [
    ...[
        "https://registry.example.com",
        "registry",
        "registry.example.com/mirror/",
        "registry.example.com/a:1",
        "",
        5,
    ].map((mirror): Mistake => ({
        what: `mirror ${JSON.stringify(mirror)}`,
        base: "dev/gcp",
        set: { "images.mirror": mirror },
        line: `ecommerce-platform:images.mirror: ${JSON.stringify(mirror)} is not valid; give a registry with or without a path, such as registry.example.com/mirror`,
    })),
    {
        what: "digests demanded by a text",
        base: "prod/gcp",
        set: { "images.requireDigests": "prod" },
        line: 'ecommerce-platform:images.requireDigests: "prod" is not valid; give true or false',
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const imageGood: readonly GoodExample[] = [
    { what: "images from a mirror", base: "prod/gcp", set: { "images.mirror": "registry.example.com/mirror" } },
    { what: "images from a mirror on a port", base: "prod/gcp", set: { "images.mirror": "mirror:5000" } },
    { what: "images by digest", base: "prod/gcp", set: { "images.requireDigests": true } },
];

import type { Mistake } from "../../config/stack-file";

/** Images of the shop's services. */
export const imageMistakes: readonly Mistake[] = [
    {
        what: "image latest",
        base: "dev/gcp",
        set: { "services.order.image": "registry.example.com/shop/order:latest" },
        line: 'ecommerce-platform:services.order.image: "registry.example.com/shop/order:latest" is not valid; give an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2',
    },
    {
        what: "image latest with a digest",
        base: "dev/gcp",
        set: {
            "services.order.image":
                "shop/order:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        },
        line: 'ecommerce-platform:services.order.image: "shop/order:latest@sha256:000000000000000000000000000000000000000000000000000... is not valid; give an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2',
    },
    {
        what: "image without a tag",
        base: "dev/gcp",
        set: { "services.order.image": "registry.example.com:5000/shop/order" },
        line: 'ecommerce-platform:services.order.image: "registry.example.com:5000/shop/order" is not valid; give an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2',
    },
    {
        what: "image with two tags",
        base: "dev/gcp",
        set: { "services.order.image": "shop/order:1.4:2" },
        line: 'ecommerce-platform:services.order.image: "shop/order:1.4:2" is not valid; give an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2',
    },
    {
        what: "image with a short digest",
        base: "dev/gcp",
        set: { "services.order.image": "shop/order@sha256:abc" },
        line: 'ecommerce-platform:services.order.image: "shop/order@sha256:abc" is not valid; give an image with an exact tag or a digest, such as registry.example.com/shop/order:1.4.2',
    },
    {
        what: "image by tag in prod",
        base: "prod/gcp",
        set: { "services.order.image": "registry.example.com/shop/order:1.4.2" },
        line: 'ecommerce-platform:services.order.image: "registry.example.com/shop/order:1.4.2" may change under its tag; give the image by digest in prod, as name@sha256:...',
    },
    {
        what: "own image elsewhere than the mirror",
        base: "staging/gcp",
        set: { "images.mirror": "registry.example.com/mirror", "services.order.image": "ghcr.io/shop/order:1.4.2" },
        line: 'ecommerce-platform:services.order.image: "ghcr.io/shop/order:1.4.2" is not on the registry of images.mirror (registry.example.com); give the copy of it there',
    },
    {
        what: "own image of Docker Hub beside a mirror",
        base: "staging/gcp",
        set: { "images.mirror": "registry.example.com:5000", "services.order.image": "order:1.4.2" },
        line: 'ecommerce-platform:services.order.image: "order:1.4.2" is not on the registry of images.mirror (registry.example.com:5000); give the copy of it there',
    },
];

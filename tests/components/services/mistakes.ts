import type { Mistake } from "../../config/stack-file";

/** Replicas and images of the shop's services. */
export const servicesMistakes: readonly Mistake[] = [
    {
        what: "misspelt key of a service",
        base: "dev/gcp",
        set: { "services.order.replica": 2 },
        line: 'ecommerce-platform:services.order.replica: 2 is not a known key; known here: image, replicas, minReplicas, maxReplicas; did you mean "replicas"?',
    },
    {
        what: "text in place of the services",
        base: "dev/gcp",
        set: { services: "order" },
        line: 'ecommerce-platform:services: "order" is not valid; give an object of services of the catalogue',
    },
    {
        what: "number in place of a service's settings",
        base: "dev/gcp",
        set: { "services.order": 3 },
        line: "ecommerce-platform:services.order: 3 is not valid; give an object with image, replicas, minReplicas, maxReplicas",
    },
    {
        what: "unknown service with a like name",
        base: "dev/gcp",
        set: { "services.orders": {} },
        line: 'ecommerce-platform:services.orders: {} is not a service of the catalogue; give one of frontend, gateway, admin, user, product, order, payment, inventory, notification; did you mean "order"?',
    },
    {
        what: "unknown service",
        base: "dev/gcp",
        set: { "services.warehouse": {} },
        line: "ecommerce-platform:services.warehouse: {} is not a service of the catalogue; give one of frontend, gateway, admin, user, product, order, payment, inventory, notification",
    },
    {
        what: "service by a word that every object knows",
        base: "dev/gcp",
        set: { "services.constructor": {} },
        line: "ecommerce-platform:services.constructor: {} is not a service of the catalogue; give one of frontend, gateway, admin, user, product, order, payment, inventory, notification",
    },
    {
        what: "most replicas of order below the fewest",
        base: "prod/gcp",
        set: { "services.order.maxReplicas": 2 },
        line: "ecommerce-platform:services.order.maxReplicas: 2 is below the minimum replicas of order (3); give 3 or more",
    },
    {
        what: "most replicas of product below its own fewest",
        base: "prod/gcp",
        set: { "services.product.minReplicas": 8, "services.product.maxReplicas": 6 },
        line: "ecommerce-platform:services.product.maxReplicas: 6 is below the minimum replicas of product (8); give 8 or more",
    },
    {
        what: "fewest replicas above the most",
        base: "prod/gcp",
        set: { "services.payment.minReplicas": 9 },
        line: "ecommerce-platform:services.payment.minReplicas: 9 is above the maximum replicas of payment (8); give 8 or fewer, or raise maxReplicas",
    },
    {
        what: "fewest replicas above the most, staging",
        base: "staging/aws",
        set: { "services.admin.minReplicas": 5 },
        line: "ecommerce-platform:services.admin.minReplicas: 5 is above the maximum replicas of admin (4); give 4 or fewer, or raise maxReplicas",
    },
    {
        what: "prod with one replica",
        base: "prod/gcp",
        set: { "services.order.minReplicas": 1 },
        line: "ecommerce-platform:services.order.minReplicas: 1 is below the minimum that keeps order available when a zone is lost; give 3 or more in prod",
    },
    {
        what: "prod with one replica of a service of two",
        base: "prod/existing",
        set: { "services.notification.minReplicas": 1 },
        line: "ecommerce-platform:services.notification.minReplicas: 1 is below the minimum that keeps notification available when a zone is lost; give 2 or more in prod",
    },
    {
        what: "replicas where an autoscaler owns them",
        base: "staging/gcp",
        set: { "services.order.replicas": 3 },
        line: "ecommerce-platform:services.order.replicas: 3 has no effect because tier staging autoscales; give minReplicas and maxReplicas instead",
    },
    {
        what: "fewest replicas where nothing autoscales",
        base: "dev/gcp",
        set: { "services.order.minReplicas": 2 },
        line: "ecommerce-platform:services.order.minReplicas: 2 has no effect because tier dev does not autoscale; give replicas instead",
    },
    {
        what: "most replicas where nothing autoscales",
        base: "dev/gcp",
        set: { "services.order.maxReplicas": 2 },
        line: "ecommerce-platform:services.order.maxReplicas: 2 has no effect because tier dev does not autoscale; give replicas instead",
    },
    {
        what: "no replica at all",
        base: "dev/gcp",
        set: { "services.order.replicas": 0 },
        line: "ecommerce-platform:services.order.replicas: 0 is not valid; give a whole number from 1 to 100",
    },
    {
        what: "too many replicas",
        base: "dev/gcp",
        set: { "services.order.replicas": 101 },
        line: "ecommerce-platform:services.order.replicas: 101 is not valid; give a whole number from 1 to 100",
    },
    {
        what: "minimum of 0",
        base: "staging/gcp",
        set: { "services.order.minReplicas": 0 },
        line: "ecommerce-platform:services.order.minReplicas: 0 is not valid; give a whole number from 1 to 100",
    },
    {
        what: "minimum of 101",
        base: "staging/gcp",
        set: { "services.order.minReplicas": 101 },
        line: "ecommerce-platform:services.order.minReplicas: 101 is not valid; give a whole number from 1 to 100",
    },
    {
        what: "maximum of 0",
        base: "staging/gcp",
        set: { "services.order.maxReplicas": 0 },
        line: "ecommerce-platform:services.order.maxReplicas: 0 is not valid; give a whole number from 1 to 100",
    },
    {
        what: "maximum of 101",
        base: "staging/gcp",
        set: { "services.order.maxReplicas": 101 },
        line: "ecommerce-platform:services.order.maxReplicas: 101 is not valid; give a whole number from 1 to 100",
    },
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

import type { Mistake } from "./types";

/** Replicas, images and resources of the shop's services. */
export const serviceMistakes: readonly Mistake[] = [
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
        line: "ecommerce-platform:services.order.maxReplicas: 2 is below the fewest replicas of order (3); give 3 or more",
    },
    {
        what: "most replicas of product below its own fewest",
        base: "prod/gcp",
        set: { "services.product.minReplicas": 8, "services.product.maxReplicas": 6 },
        line: "ecommerce-platform:services.product.maxReplicas: 6 is below the fewest replicas of product (8); give 8 or more",
    },
    {
        what: "fewest replicas above the most",
        base: "prod/gcp",
        set: { "services.payment.minReplicas": 9 },
        line: "ecommerce-platform:services.payment.minReplicas: 9 is above the most replicas of payment (8); give 8 or fewer, or raise maxReplicas",
    },
    {
        what: "fewest replicas above the most, staging",
        base: "staging/aws",
        set: { "services.admin.minReplicas": 5 },
        line: "ecommerce-platform:services.admin.minReplicas: 5 is above the most replicas of admin (4); give 4 or fewer, or raise maxReplicas",
    },
    {
        what: "prod with one replica",
        base: "prod/gcp",
        set: { "services.order.minReplicas": 1 },
        line: "ecommerce-platform:services.order.minReplicas: 1 is below the floor that keeps order up when a zone is lost; give 3 or more in prod",
    },
    {
        what: "prod with one replica of a service of two",
        base: "prod/existing",
        set: { "services.notification.minReplicas": 1 },
        line: "ecommerce-platform:services.notification.minReplicas: 1 is below the floor that keeps notification up when a zone is lost; give 2 or more in prod",
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
        what: "CPU request over the limit",
        base: "prod/gcp",
        set: { "resources.cpuRequest": "2500m" },
        line: 'ecommerce-platform:resources.cpuRequest: "2500m" is more than resources.cpuLimit (2); give 2 or less, or raise the limit',
    },
    {
        what: "CPU limit under the tier's request",
        base: "prod/gcp",
        set: { "resources.cpuLimit": "250m" },
        line: 'ecommerce-platform:resources.cpuRequest: "500m" is more than resources.cpuLimit (250m); give 250m or less, or raise the limit',
    },
    {
        what: "memory request over the limit",
        base: "dev/gcp",
        set: { "resources.memoryRequest": "1Gi" },
        line: 'ecommerce-platform:resources.memoryRequest: "1Gi" is more than resources.memoryLimit (512Mi); give 512Mi or less, or raise the limit',
    },
    {
        what: "CPU as a number",
        base: "dev/gcp",
        set: { "resources.cpuLimit": 2 },
        line: 'ecommerce-platform:resources.cpuLimit: 2 is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "CPU in a unit of memory",
        base: "dev/gcp",
        set: { "resources.cpuRequest": "100Mi" },
        line: 'ecommerce-platform:resources.cpuRequest: "100Mi" is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "CPU of nothing",
        base: "dev/gcp",
        set: { "resources.cpuRequest": "0m" },
        line: 'ecommerce-platform:resources.cpuRequest: "0m" is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "memory without a unit",
        base: "dev/gcp",
        set: { "resources.memoryLimit": "512" },
        line: 'ecommerce-platform:resources.memoryLimit: "512" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
    {
        what: "memory in a decimal unit",
        base: "dev/gcp",
        set: { "resources.memoryLimit": "512MB" },
        line: 'ecommerce-platform:resources.memoryLimit: "512MB" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
    {
        what: "memory in millibytes",
        base: "dev/gcp",
        set: { "resources.memoryRequest": "256m" },
        line: 'ecommerce-platform:resources.memoryRequest: "256m" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
];

import type { GoodExample } from "../../config/stack-file";

const digest = `sha256:${"0".repeat(64)}`;

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const servicesGood: readonly GoodExample[] = [
    {
        what: "the longest pause in which no key expires",
        base: "prod/gcp",
        set: { "jobs.cacheWarm.schedule": "*/25 * * * *", "jobs.cacheWarm.products": 5000 },
    },
    {
        what: "one product each minute",
        base: "dev/aws",
        set: { "jobs.cacheWarm.schedule": "* * * * *", "jobs.cacheWarm.products": 1 },
    },
    { what: "prod's floor as it is", base: "prod/gcp", set: { "services.payment.minReplicas": 2 } },
    { what: "fewest and most the same", base: "prod/gcp", set: { "services.order.minReplicas": 15 } },
    {
        what: "a minimum that only a sale's maximum admits",
        base: "prod/gcp",
        set: { "load.profile": "flashSale", "services.order.minReplicas": 30 },
    },
    {
        what: "replicas before a sale",
        base: "prod/aws",
        set: {
            load: {
                profile: "blackFriday",
                preScale: { start: "0 23 26 11 *", end: "0 4 28 11 *", timeZone: "America/New_York" },
            },
        },
    },
    { what: "a sale in staging", base: "staging/aws", set: { "load.profile": "blackFriday" } },
    { what: "no sale in dev", base: "dev/existing", set: { "load.profile": "normal" } },
    { what: "fewer than prod's floor in staging", base: "staging/gcp", set: { "services.product.minReplicas": 1 } },
    { what: "replicas where nothing autoscales", base: "dev/gcp", set: { "services.order.replicas": 3 } },
    { what: "the fewest replicas", base: "dev/gcp", set: { "services.order.replicas": 1 } },
    { what: "the most replicas", base: "dev/gcp", set: { "services.order.replicas": 100 } },
    {
        what: "the least bounds of an autoscaler",
        base: "staging/gcp",
        set: { "services.order.minReplicas": 1, "services.order.maxReplicas": 1 },
    },
    {
        what: "the greatest bounds of an autoscaler",
        base: "staging/gcp",
        set: { "services.order.minReplicas": 100, "services.order.maxReplicas": 100 },
    },
    { what: "an image by tag before prod", base: "staging/gcp", set: { "services.order.image": "order:1.4.2" } },
    {
        what: "an own image on the mirror's registry",
        base: "prod/aws",
        set: {
            "images.mirror": "registry.example.com/mirror",
            "services.order.image": `registry.example.com/shop/order@${digest}`,
        },
    },
    { what: "an image by digest", base: "prod/gcp", set: { "services.order.image": `shop/order@${digest}` } },
    { what: "an image by tag and digest", base: "prod/gcp", set: { "services.order.image": `shop/order:1@${digest}` } },
    {
        what: "a replica that is ready for its promotion",
        base: "prod/aws",
        set: {
            "recovery.role": "replica",
            "recovery.replicaOf": "prod",
            "aws.region": "us-west-2",
            "services.order.minReplicas": 4,
        },
    },
];

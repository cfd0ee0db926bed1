import type { Cloud, Tier } from "../../config/schema";
import type { Plan } from "../../tools/plan";
import { sharedPlan } from "../stacks/plans";

/** A shipped stack on a cloud, and what its file and its tier say, repeated here. */
export interface Shipped {
    readonly title: string;
    readonly stack: string;
    readonly cloud: Cloud;
    readonly tier: Tier;
    /** Runs no pods of the shop (CL-18). */
    readonly replica: boolean;
    /** One node without labels and taints: kind and minikube. */
    readonly laptop: boolean;
    readonly plan: () => Promise<Plan>;
}

function shippedOn(stack: string, cloud: Cloud, tier: Tier): Shipped {
    const plan = () => sharedPlan(stack, cloud);
    return {
        title: `${stack} on ${cloud}`,
        stack,
        cloud,
        tier,
        replica: stack === "prod-dr",
        laptop: stack === "local",
        plan,
    };
}

/** Every shipped stack on every cloud that it names. */
export const shipped: readonly Shipped[] = [
    shippedOn("dev", "gcp", "dev"),
    shippedOn("dev", "aws", "dev"),
    shippedOn("dev", "existing", "dev"),
    shippedOn("staging", "gcp", "staging"),
    shippedOn("staging", "aws", "staging"),
    shippedOn("staging", "existing", "staging"),
    shippedOn("prod", "gcp", "prod"),
    shippedOn("prod", "aws", "prod"),
    shippedOn("prod", "existing", "prod"),
    shippedOn("prod-dr", "gcp", "prod"),
    shippedOn("prod-dr", "aws", "prod"),
    shippedOn("local", "existing", "dev"),
];

import * as pulumi from "@pulumi/pulumi";

import type { PlatformProgram } from "../../components/program";
import type { Cloud, Tier } from "../../config/schema";
import { deploy, type Deployment } from "./deployment";

const account: Readonly<Record<Cloud, Readonly<Record<string, unknown>>>> = {
    gcp: { gcp: { project: "shop-project" } },
    aws: { aws: { accountId: "123456789012", privateRunner: true } },
    existing: {},
};

/** Runs a program as Pulumi does. */
export async function run(
    program: PlatformProgram,
    cloud: Cloud,
    tier: Tier,
    own: Readonly<Record<string, unknown>> = {},
): Promise<Deployment> {
    const settings = { tier, cloud, domain: "shop.example.com", ...account[cloud], ...own };
    const texts = Object.entries(settings).map(([key, value]) => [
        `ecommerce-platform:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    try {
        return await deploy(() => {
            pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
            return program();
        });
    } finally {
        pulumi.runtime.setAllConfig({});
    }
}

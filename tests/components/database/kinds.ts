import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import type { PlatformConfig } from "../../../components/platform";
import { type Deployed, type Deployment, deployPlatform, inLayer } from "../deployment";
import { configOf } from "../layers";

/** What runs PostgreSQL. */
export type TestedKind = "cloudnative-pg" | "cloud-sql" | "rds";

/** Configuration of a tier with a kind of database. */
export function kindConfig(cloud: Cloud, tier: Tier, kind: TestedKind): PlatformConfig {
    return configOf(cloud, tier, { database: { kind } });
}

const deployments = new Map<string, Promise<Deployment>>();

/** The platform of a tier with a kind of database. */
export function kindDeployment(cloud: Cloud, kind: TestedKind, tier: Tier = "prod"): Promise<Deployment> {
    const key = `${cloud}/${kind}/${tier}`;
    const found = deployments.get(key) ?? deployPlatform(kindConfig(cloud, tier, kind));
    deployments.set(key, found);
    return found;
}

/** The layer's resources of a deployment by title, without components. */
export async function kindObjects(
    cloud: Cloud,
    kind: TestedKind,
    tier: Tier = "prod",
): Promise<Readonly<Record<string, Deployed>>> {
    const own = inLayer(await kindDeployment(cloud, kind, tier), "database").filter(({ custom }) => custom);
    return Object.fromEntries(own.map((resource) => [resource.title, resource]));
}

/** One of them. */
export async function kindObject(
    title: string,
    cloud: Cloud,
    kind: TestedKind,
    tier: Tier = "prod",
): Promise<Deployed> {
    const found = (await kindObjects(cloud, kind, tier))[title];
    assert.ok(found, `${title} is not in ${tier} on ${cloud}`);
    return found;
}

import type { Cloud, Tier } from "../../../config/schema";
import type { PlatformConfig } from "../../../components/platform";
import type { Settings } from "../../../components/platform-config";
import { type Deployed, deployPlatform, type Deployment, inLayer } from "../deployment";
import { configOf } from "../layers";

/** Configuration of a tier with OpenSearch Service. */
export function managedConfig(tier: Tier, own: Settings["search"] = {}): PlatformConfig {
    return configOf("aws", tier, { search: { kind: "opensearch-service", ...own } });
}

const deployments = new Map<string, Promise<Deployment>>();

/** The platform of a tier with a kind of search. */
export function searchDeployment(cloud: Cloud, kind: "eck" | "opensearch-service", tier: Tier): Promise<Deployment> {
    const key = `${cloud}/${kind}/${tier}`;
    const found = deployments.get(key) ?? deployPlatform(configOf(cloud, tier, { search: { kind } }));
    deployments.set(key, found);
    return found;
}

/** The search layer's resources with OpenSearch Service. */
export async function managedSearch(tier: Tier): Promise<readonly Deployed[]> {
    return inLayer(await searchDeployment("aws", "opensearch-service", tier), "search");
}

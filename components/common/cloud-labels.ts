import type { PlatformConfig } from "../../config/resolve";
import { platformName } from "./labels";

/** Labels (GCP) or tags (AWS) of every cloud resource: whose it is and who to bill. */
export function cloudLabels(config: Pick<PlatformConfig, "stack" | "tier">): Record<string, string> {
    return { "part-of": platformName, "managed-by": "pulumi", stack: config.stack, tier: config.tier };
}

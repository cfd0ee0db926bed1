import type { PlatformConfig } from "../../config/resolve";
import { ownLabels } from "../../config/labels";

/** Labels (GCP) or tags (AWS) of every cloud resource: whose it is and who to bill. */
export function cloudLabels(config: Pick<PlatformConfig, "labels" | "stack" | "tier">): Record<string, string> {
    return { ...config.labels, ...ownLabels(config) };
}

/**
 * The labels of what a storage class makes. Only those that never change while the stack is there: the class itself
 * cannot be changed, and each new label would replace it.
 */
export function volumeLabels({ stack, tier }: Pick<PlatformConfig, "stack" | "tier">): Record<string, string> {
    return ownLabels({ stack, tier });
}

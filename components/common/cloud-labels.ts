import type { CoreConfig } from "../../config/core";
import { ownLabels } from "../../config/labels";

/** Labels (GCP) or tags (AWS) of every cloud resource: whose it is and who to bill. */
export function cloudLabels(config: Pick<CoreConfig, "labels" | "stack" | "tier">): Record<string, string> {
    return { ...config.labels, ...ownLabels(config) };
}

/**
 * The labels of what a storage class makes. Only those that never change while the stack is there: the class itself
 * cannot be changed, and each new label would replace it.
 */
export function volumeLabels({ stack, tier }: Pick<CoreConfig, "stack" | "tier">): Record<string, string> {
    return ownLabels({ stack, tier });
}

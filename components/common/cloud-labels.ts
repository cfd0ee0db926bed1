import type { CoreConfig } from "../../config/core";
import { ownLabels } from "../../config/labels";

/** Labels (GCP) or tags (AWS) of every cloud resource, for ownership and billing. */
export function cloudLabels(config: Pick<CoreConfig, "labels" | "stack" | "tier">): Record<string, string> {
    return { ...config.labels, ...ownLabels(config) };
}

/**
 * Labels of the volumes of a storage class: only those that never change while the stack exists. Parameters of a storage
 * class are immutable, so a new label would replace it.
 */
export function volumeLabels({ stack, tier }: Pick<CoreConfig, "stack" | "tier">): Record<string, string> {
    return ownLabels({ stack, tier });
}

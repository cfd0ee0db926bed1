import type { Rule } from "./part";
import type { Problem } from "./problems";
import type { Tier } from "./schema";

/** Name of the platform in labels and tags. */
export const platformName = "ecommerce-platform";

/** Labels that the platform sets on every cloud resource. */
export function ownLabels({ stack, tier }: { readonly stack: string; readonly tier: Tier }): Record<string, string> {
    return { "part-of": platformName, "managed-by": "pulumi", stack, tier };
}

/** Further tag names that nodes use. */
const nodeTags = ["pool", "name"];

/** GCP allows 64 labels, AWS 50 tags, of which the CSI driver uses some on volumes. */
const maximum = 20;

/** User labels must have names that both clouds accept and that the platform does not use. */
export const labelRule: Rule = ({ config }) => {
    const reserved = [...Object.keys(ownLabels(config)), ...nodeTags];
    const entries = Object.entries(config.labels);
    const problems = entries.flatMap(([key, value]): Problem[] => {
        const path = `labels.${key}`;
        if (reserved.includes(key)) {
            const message = `has a name that the platform uses (${reserved.join(", ")}); give another name`;
            return [{ path, value, message }];
        }
        const message = "has a name that GCP or AWS rejects; give a letter, then up to 62 of a-z, 0-9, - and _";
        return /^[a-z][-_a-z0-9]{0,62}$/.test(key) && !/^(aws|goog)/.test(key) ? [] : [{ path, value, message }];
    });
    const message = `are too many; give up to ${maximum}`;
    return entries.length > maximum ? [...problems, { path: "labels", value: entries.length, message }] : problems;
};

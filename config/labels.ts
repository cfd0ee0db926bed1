import type { Rule } from "./part";
import type { Problem } from "./problems";
import type { Tier } from "./schema";

/** Name of the platform, on whatever carries labels. */
export const platformName = "ecommerce-platform";

/** Labels that the platform gives every cloud resource itself. */
export function ownLabels({ stack, tier }: { readonly stack: string; readonly tier: Tier }): Record<string, string> {
    return { "part-of": platformName, "managed-by": "pulumi", stack, tier };
}

/** What a node's own tags are called beside those of every resource. */
const others = ["pool", "name"];

/** GCP takes 64 labels, AWS 50 tags and its volumes 50 with those of the driver. */
const most = 20;

/** Labels of the user's own: names that both clouds take, and that are not the platform's. */
export const labelRule: Rule = ({ config }) => {
    const taken = [...Object.keys(ownLabels(config)), ...others];
    const entries = Object.entries(config.labels);
    const problems = entries.flatMap(([key, value]): Problem[] => {
        const path = `labels.${key}`;
        if (taken.includes(key)) {
            const message = `is under a name that the platform uses itself (${taken.join(", ")}); give another name`;
            return [{ path, value, message }];
        }
        const message = "is under a name that no cloud takes; give a letter, then up to 62 of a-z, 0-9, - and _";
        return /^[a-z][-_a-z0-9]{0,62}$/.test(key) && !/^(aws|goog)/.test(key) ? [] : [{ path, value, message }];
    });
    const message = `are too many; give up to ${most}`;
    return entries.length > most ? [...problems, { path: "labels", value: entries.length, message }] : problems;
};

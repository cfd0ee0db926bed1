import { stringAt, type Bag } from "../core/value";
import type { RuleContext } from "../core/cloud";

const RESOURCE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_KEY = /^[a-z][-_a-z0-9]{0,62}$/;
const LABEL_VALUE = /^[-_a-z0-9]{0,63}$/;

/**
 * Errors of the `name` of a Compute Engine resource (https://docs.cloud.google.com/compute/docs/naming-resources), or, with 40
 * characters, of a cluster (https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters).
 */
export function nameErrors(inputs: Bag, limit = 63): string[] {
    const name = stringAt(inputs, "name");
    return name === undefined || (RESOURCE.test(name) && name.length <= limit)
        ? []
        : [
              `Invalid value for field 'resource.name': '${name}'. Must be a match of regex ` +
                  `'(?:[a-z](?:[-a-z0-9]{0,${limit - 2}}[a-z0-9])?)'`,
          ];
}

/**
 * Errors of Google Cloud labels, which are lower case unlike those of Kubernetes. International characters, which Google allows,
 * are refused here. https://docs.cloud.google.com/compute/docs/labeling-resources#requirements
 */
export function labelErrors(labels: Bag | undefined, field: string): string[] {
    return Object.entries(labels ?? {}).flatMap(([key, value]) => {
        const bad = !LABEL_KEY.test(key)
            ? key
            : typeof value === "string" && !LABEL_VALUE.test(value)
              ? value
              : undefined;
        return bad === undefined
            ? []
            : [
                  `Invalid value for field '${field}': '${bad}'. Label keys and values can only contain lowercase ` +
                      "letters, numeric characters, underscores and dashes",
              ];
    });
}

/** Project of a resource: its own, or the provider's. */
export function projectOf(inputs: Bag, context: RuleContext): string {
    return stringAt(inputs, "project") ?? stringAt(context.settings, "project") ?? "";
}

export function regionOf(inputs: Bag, context: RuleContext): string {
    return stringAt(inputs, "region") ?? stringAt(context.settings, "region") ?? "";
}

export const selfLink = (_inputs: Bag, id: string): string => `https://www.googleapis.com/compute/v1/${id}`;

/** Last part of an id, a self link or a name. */
export const shortName = (reference: string): string => reference.split("/").pop() ?? reference;

import { type Rendered, renderCaches } from "../../data/harness/rendered";
import type { Cloud, Tier } from "../../../config/schema";
import { configOf } from "../layers";
import type { Settings } from "../../../components/platform-config";

const rendered = new Map<string, ReturnType<typeof renderCaches>>();

/** The layer's objects of a tier on a cloud, with known passwords; each is rendered once. */
export function cachesOf(cloud: Cloud, tier: Tier, own: Partial<Settings> = {}): ReturnType<typeof renderCaches> {
    const key = JSON.stringify([cloud, tier, own]);
    const found = rendered.get(key) ?? renderCaches(configOf(cloud, tier, own));
    rendered.set(key, found);
    return found;
}

/** Kind and name of each Kubernetes object. */
export function kinds(objects: readonly Rendered[]): string[] {
    return objects
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(({ type, inputs }) => `${type.split(":").pop() ?? ""} ${(inputs["metadata"] as { name: string }).name}`)
        .sort();
}

import assert from "node:assert/strict";

import type { PlannedResource } from "../../tools/plan";
import { shipped } from "../components/shipped";

/** Most resources that the engine may visit when the deletion of a protected resource fails; it takes a minute or two. */
const limit = 5_000_000;

/**
 * Resources that Pulumi's engine visits after the deletion of each one has failed, at least: it follows every path of
 * dependencies and providers to its end and does not remember where it was.
 * Read: pulumi/pulumi at v3.246.0, pkg/resource/graph/dependency_graph.go, `markAsDependency`.
 */
function visits(resources: readonly PlannedResource[]): ReadonlyMap<string, number> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const counted = new Map<string, number>();
    const count = (urn: string): number => {
        const { provider, options } = byUrn.get(urn) ?? { options: {} };
        const known = counted.get(urn);
        const next = [...(options.dependsOn ?? []), ...(provider === undefined ? [] : [provider])];
        const own = known ?? next.reduce((sum, one) => sum + count(one), 1);
        counted.set(urn, own);
        return own;
    };
    resources.forEach(({ urn }) => count(urn));
    return counted;
}

/** docs/traps.md, "a deletion that fails". */
describe("a protected resource whose deletion fails", () => {
    for (const { title, plan } of shipped) {
        it(`does not stop the engine in ${title}`, async () => {
            const { resources } = await plan();
            const counted = visits(resources);
            const slow = resources
                .filter(({ urn, options }) => options.protect === true && (counted.get(urn) ?? 0) > limit)
                .map(({ urn, name }) => `${name}: ${counted.get(urn)}`);
            assert.deepEqual(slow, []);
        });
    }
});

import assert from "node:assert/strict";

import { cloudNames, tierNames } from "../../config/schema";
import { layers } from "../../components/platform";
import { type Deployed, deployment } from "./deployment";

const typeOf = (title = ""): string => title.split(" ")[0] ?? "";
const nameOf = (title = ""): string => title.split(" ").slice(1).join(" ");

/** Components whose children have names of their own: layers, and policies that are named after groups of pods. */
const namesChildren = new Set(["Stack", "Platform", "Layer", "PodPolicies"]);

describe("the tree of resources", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            describe(`of ${tier} on ${cloud}`, () => {
                let resources: readonly Deployed[];
                before(async () => {
                    ({ resources } = await deployment(cloud, tier));
                });

                it("has every resource below the component that creates it, except the platform and its providers", () => {
                    const top = resources.filter(({ parent }) => typeOf(parent) === "Stack").map(({ title }) => title);
                    const providers = { gcp: ["gcp gcp"], aws: ["aws aws"], existing: [] }[cloud];
                    // Copies of backups in another region.
                    const copies = cloud === "aws" && tier !== "dev" ? ["aws aws-dr"] : [];
                    assert.deepEqual(top.sort(), [...providers, ...copies, "Platform platform"].sort());
                    assert.deepEqual(
                        resources.filter(({ parent }) => parent === undefined),
                        [],
                    );
                });

                it("has names that begin with the name of the parent", () => {
                    const others = resources
                        .filter(({ parent }) => !namesChildren.has(typeOf(parent)))
                        .filter(
                            ({ name, parent }) => name !== nameOf(parent) && !name.startsWith(`${nameOf(parent)}-`),
                        );
                    assert.deepEqual(
                        others.map(({ title, parent }) => `${title} below ${parent ?? ""}`),
                        [],
                    );
                });

                it("has one component per layer below the platform, with the Kubernetes provider after the cluster", () => {
                    const own = resources.filter(({ parent }) => parent === "Platform platform");
                    assert.deepEqual(
                        own.map(({ title }) => title).sort(),
                        // Without `database.documents` there is no layer of documents (MG-02); dev does not autoscale.
                        layers.names
                            .filter((name) => name !== "documents" && (tier !== "dev" || name !== "autoscaling"))
                            .map((name) => `Layer ${name}`)
                            .sort(),
                    );
                    for (const { name, type, options } of own) {
                        assert.equal(type, `shop:${name}:Layer`);
                        const expected = ["network", "cluster"].includes(name) ? undefined : ["kubernetes"];
                        const providers = options.providers === undefined ? undefined : Object.keys(options.providers);
                        assert.deepEqual(providers, expected, name);
                    }
                });

                it("has every cloud resource created by the stack's provider, except copies in the other region", () => {
                    const used = (type: string) =>
                        resources
                            .filter((one) => one.type.startsWith(`${type}:`))
                            .map(({ name, provider }) => ({ name, provider }));
                    for (const { name, provider } of used("gcp")) {
                        assert.equal(provider, "gcp gcp", name);
                    }
                    for (const { name, provider } of used("aws")) {
                        const copy = name.startsWith("storage-buckets-copy");
                        assert.equal(provider, copy ? "aws aws-dr" : "aws aws", name);
                    }
                    assert.equal(used("gcp").length > 0, cloud === "gcp");
                    assert.equal(used("aws").length > 0, cloud === "aws");
                });
            });
        }
    }
});

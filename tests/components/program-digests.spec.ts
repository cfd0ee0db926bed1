import assert from "node:assert/strict";

import { layers } from "../../components/platform";
import { createProgram } from "../../components/program";
import { type Cloud, cloudNames, type Tier } from "../../config/schema";
import { withPins } from "./addons/stack";
import { configOf } from "./layers";
import { run } from "./run-program";

describe("the images of a program", () => {
    describe("where the stack demands digests", () => {
        const demand = { images: { requireDigests: true } };
        const pins = (cloud: Cloud, tier: Tier): Record<string, string> => withPins(configOf(cloud, tier)).images.pins;

        it("refuses images by tag before anything is registered, with all of them", async () => {
            const all = pins("gcp", "prod");
            const kubeBench = "docker.io/aquasec/kube-bench:v0.15.6";
            const others = Object.fromEntries(
                Object.entries(all).filter(([image]) => !/podinfo|kube-bench/.test(image)),
            );
            let created = 0;
            const program = createProgram({
                pins: others,
                layers: {
                    configuration: layers.configuration,
                    declare: (args) => layers.declare(args),
                    create: (args, parent) => {
                        created++;
                        return layers.create(args, parent);
                    },
                    createUntil: (last, args, parent) => {
                        created++;
                        return layers.createUntil(last, args, parent);
                    },
                },
            });
            const own = { order: { image: `registry.example.com/shop/order@sha256:${"3".repeat(64)}` } };
            await assert.rejects(run(program, "gcp", "prod", { ...demand, services: own }), {
                message: [
                    "Pulumi.test.yaml has 1 mistake:",
                    `  ecommerce-platform:images.requireDigests: true needs a digest of every image, and there is none of ${kubeBench}, ghcr.io/stefanprodan/podinfo:6.10.1; run npm run pin-images -- test, or give a service's own image as name@sha256:...`,
                ].join("\n"),
            });
            assert.equal(created, 0);
        });

        it("counts an image of the stack file by tag, which the lock does not apply to", async () => {
            const image = "registry.example.com/shop/order:1";
            const locked = { ...pins("gcp", "dev"), [image]: `sha256:${"3".repeat(64)}` };
            const settings = { ...demand, services: { order: { image } } };
            await assert.rejects(run(createProgram({ pins: locked }), "gcp", "dev", settings), {
                message: new RegExp(`there is none of ${image}; `),
            });
        });

        it("runs with a complete lock, and counts the digest that Karpenter's chart has", async () => {
            const { outputs } = await run(createProgram({ pins: pins("gcp", "prod") }), "gcp", "prod", demand);
            assert.equal(outputs["tier"], "prod");
            const { "public.ecr.aws/karpenter/controller:1.14.1": karpenter, ...rest } = pins("aws", "prod");
            assert.match(karpenter ?? "", /^sha256:/);
            assert.equal((await run(createProgram({ pins: rest }), "aws", "prod", demand)).outputs["tier"], "prod");
        });
    });

    for (const cloud of cloudNames) {
        it(`runs every image by digest with a complete lock, on ${cloud}`, async () => {
            const pins = withPins(configOf(cloud, "prod")).images.pins;
            const { resources } = await run(createProgram({ pins }), cloud, "prod");
            const found = new Set<string>();
            for (const { inputs } of resources) {
                // Of pods and of PostgreSQL's Cluster; of charts, each an object.
                const images = /"(?:image|imageName)":"[^"]*"|\{[^{}]*"repository":"[^{}]*\}/g;
                for (const [text] of JSON.stringify(inputs).matchAll(images)) {
                    found.add(text);
                }
            }
            // Each digest of the lock, and no image without one.
            const text = [...found].sort();
            assert.deepEqual(
                text.filter((image) => !/@?sha256:[0-9a-f]{64}/.test(image)),
                [],
            );
            // Strimzi's image is in its chart and in the cluster's resource.
            const digests = new Set(text.map((image) => /sha256:[0-9a-f]{64}/.exec(image)?.[0]));
            assert.deepEqual([...digests].sort(), Object.values(pins).sort());
        });
    }
});

import assert from "node:assert/strict";

import { imageValues } from "../../../components/helm/images";
import { tierNames } from "../../../config/schema";
import { isObject } from "../../../tools/plan/json";
import { charts, chartsIn, digestFor, joined, valuesOf, walk, withPins } from "../addons/stack";
import { configOf } from "../layers";

const digest = `sha256:${"2".repeat(64)}`;
const web = { name: "web", images: [{ repository: "quay.io/a/web", tag: "v1" }] };
const pins = { "quay.io/a/web:v1": digest };
const mirror = "registry.example.com/m";

/** Where the templates of each chart at its version take the digest from, as they were read and rendered by Helm. */
const digestKeys: Readonly<Record<string, "key" | "tag">> = {
    "aws-load-balancer-controller": "tag",
    "cert-manager": "key",
    "cloudnative-pg": "tag",
    eck: "key",
    "external-dns": "tag",
    "external-secrets": "tag",
    karpenter: "key",
    keda: "tag",
    "metrics-server": "tag",
    "plugin-barman-cloud": "tag",
    reloader: "key",
    strimzi: "key",
    "vertical-pod-autoscaler": "tag",
};

describe("the images in a chart's values", () => {
    it("are the repository alone without a digest: the chart has the tag of its version", () => {
        assert.deepEqual(imageValues(web, "quay.io/a/web", { mirror: undefined, pins: {} }), {
            repository: "quay.io/a/web",
        });
        const other = { mirror, pins: { "quay.io/a/web:v2": digest } };
        assert.deepEqual(imageValues(web, "quay.io/a/web", other), { repository: `${mirror}/quay.io/a/web` });
    });

    it("have the digest behind the tag, or under a key of its own", () => {
        const repository = `${mirror}/quay.io/a/web`;
        const tag = `v1@${digest}`;
        assert.deepEqual(imageValues(web, "quay.io/a/web", { mirror, pins }), { repository, tag });
        assert.deepEqual(imageValues({ ...web, digests: "tag" }, "quay.io/a/web", { mirror, pins }), {
            repository,
            tag,
        });
        const keyed = { repository, tag: "v1", digest };
        assert.deepEqual(imageValues({ ...web, digests: "key" }, "quay.io/a/web", { mirror, pins }), keyed);
    });

    it("are declared: others would be missing in the mirror and in the lock", () => {
        assert.throws(() => imageValues(web, "quay.io/a/job", { mirror, pins }), {
            message: "chart web has no image quay.io/a/job; add it to its images",
        });
    });

    for (const chart of charts.filter(({ images }) => images.length > 0)) {
        it(`of ${chart.name} all have their digest from the lock, in every tier and cloud`, () => {
            for (const cloud of chart.clouds) {
                for (const tier of tierNames) {
                    const config = configOf(cloud, tier, { images: { mirror } });
                    if (!chartsIn(config).some(({ name }) => name === chart.name)) {
                        continue;
                    }
                    const found = walk(joined(valuesOf(chart, withPins(config))))
                        .map(([, value]) => value)
                        .filter((value) => isObject(value) && "repository" in value);
                    const expected = chart.images.map(({ repository, tag }) => {
                        const own = digestFor(`${repository}:${tag}`);
                        return {
                            repository: `${mirror}/${repository}`,
                            ...(digestKeys[chart.name] === "key" ? { tag, digest: own } : { tag: `${tag}@${own}` }),
                        };
                    });
                    const text = (all: readonly unknown[]) =>
                        [...new Set(all.map((one) => JSON.stringify(one)))].sort();
                    assert.deepEqual(text(found), text(expected), `${tier} on ${cloud}`);
                }
            }
        });
    }
});

import assert from "node:assert/strict";

import { images, pinned, platformImage, repositoryOf } from "../../../components/common/images";

const digest = `sha256:${"1".repeat(64)}`;
const mirror = "registry.example.com:5000/m";

describe("the platform's own images", () => {
    it("have their digest behind the tag where the lock has one", () => {
        assert.equal(pinned("quay.io/a:1", { "quay.io/a:1": digest }), `quay.io/a:1@${digest}`);
        assert.equal(pinned("quay.io/a:1", { "quay.io/a:2": digest, "quay.io/a": digest }), "quay.io/a:1");
    });

    it("come from the mirror where the stack has one, by the digest of the original", () => {
        const pins = { [images.pause]: digest };
        assert.equal(platformImage("pause", { mirror: undefined, pins: {} }), "registry.k8s.io/pause:3.10.1");
        assert.equal(platformImage("pause", { mirror, pins: {} }), `${mirror}/registry.k8s.io/pause:3.10.1`);
        assert.equal(platformImage("pause", { mirror: undefined, pins }), `registry.k8s.io/pause:3.10.1@${digest}`);
        assert.equal(platformImage("pause", { mirror, pins }), `${mirror}/registry.k8s.io/pause:3.10.1@${digest}`);
        assert.equal(platformImage("standIn", { mirror: undefined, pins }), images.standIn);
    });

    it("have the same repository with and without a digest, which the admission policy lists", () => {
        for (const image of ["quay.io/a/b", "quay.io/a/b:1", `quay.io/a/b@${digest}`, `quay.io/a/b:1@${digest}`]) {
            assert.equal(repositoryOf(image), "quay.io/a/b", image);
        }
    });
});

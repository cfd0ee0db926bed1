import assert from "node:assert/strict";

import type { DeclaredImage } from "../../../components/layer";
import { admittedImages, imagesByDigest } from "../../../components/security/admission/image-rules";
import type { AdmissionRule } from "../../../components/security/admission/rule";
import { all, containers, outside } from "./admission-expected";

describe("the admission policies on images (SC-08, SC-11)", () => {
    const images: readonly DeclaredImage[] = [
        { image: "quay.io/a/b:1" },
        { image: "docker.io/library/redis:8" },
        { image: "docker.io/acme/tool:2", pinned: true },
        { image: "acme/order:3", own: true },
        { image: "registry.example.com:5000/acme/cart@sha256:1", own: true },
    ];
    const variable = ({ variables = {} }: AdmissionRule, name: string) => variables[name];
    const list = (...texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(", ")}]`;

    it("admit the declared repositories in all their spellings, on all ten namespaces", () => {
        const rule = admittedImages({ images }, undefined);
        assert.deepEqual(rule.namespaces, all);
        assert.deepEqual(rule.variables, {
            images: containers("map(c, c.image)"),
            admitted: list(
                "acme/order",
                "acme/tool",
                "docker.io/acme/order",
                "docker.io/acme/tool",
                "docker.io/library/redis",
                "quay.io/a/b",
                "redis",
                "registry.example.com:5000/acme/cart",
            ),
            others: outside("admitted"),
        });
        assert.deepEqual(
            rule.validations.map(({ expression }) => expression),
            ["size(variables.others) == 0"],
        );
    });

    it("admit them in the mirror and nowhere else, and the stack's own where they are", () => {
        assert.equal(
            variable(admittedImages({ images }, "mirror.example.com/all"), "admitted"),
            list(
                "acme/order",
                "docker.io/acme/order",
                "mirror.example.com/all/docker.io/acme/tool",
                "mirror.example.com/all/docker.io/library/redis",
                "mirror.example.com/all/quay.io/a/b",
                "registry.example.com:5000/acme/cart",
            ),
        );
    });

    it("demand a digest of each image that has one, and of none of the others", () => {
        const pins = { "quay.io/a/b:1": "sha256:2" };
        const rule = imagesByDigest({ images, pins }, undefined);
        assert.deepEqual(rule.namespaces, all);
        assert.deepEqual(rule.variables, {
            images: `(${containers("map(c, c.image)")}).filter(i, !i.contains('@sha256:'))`,
            byTag: list("acme/order", "docker.io/acme/order", "docker.io/library/redis", "redis"),
            others: outside("byTag"),
        });
        assert.equal(
            variable(imagesByDigest({ images, pins }, "mirror.example.com"), "byTag"),
            list("acme/order", "docker.io/acme/order", "mirror.example.com/docker.io/library/redis"),
        );
    });

    it("demand a digest of every image where all have one", () => {
        const pins = { "quay.io/a/b:1": "sha256:2", "docker.io/library/redis:8": "sha256:3" };
        const pinnedOwn = images.filter(({ image }) => image !== "acme/order:3");
        assert.equal(variable(imagesByDigest({ images: pinnedOwn, pins }, undefined), "byTag"), "[]");
    });
});

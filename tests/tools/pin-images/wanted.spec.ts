import assert from "node:assert/strict";

import { projectRoot } from "../../../tools/plan";
import { imagesOfStack, wantedImages } from "../../../tools/pin-images/wanted";

const amd64 = ["linux/amd64"];

describe("the images that stacks run", () => {
    it("are asked from each stack's source, for the platforms of its nodes", () => {
        const stacks = [
            { images: ["b:1", "a:1"], mirror: undefined, platforms: amd64 },
            { images: ["b:1"], mirror: "m.example.com", platforms: [] },
            { images: ["b:1", "c:1"], mirror: "m.example.com", platforms: ["linux/arm64"] },
            { images: ["d:1"], mirror: undefined, platforms: [] },
        ];
        assert.deepEqual(wantedImages(stacks, []), [
            { image: "a:1", sources: ["a:1"], platforms: amd64 },
            { image: "b:1", sources: ["b:1", "m.example.com/b:1"], platforms: ["linux/amd64", "linux/arm64"] },
            { image: "c:1", sources: ["m.example.com/c:1"], platforms: ["linux/arm64"] },
            { image: "d:1", sources: ["d:1"], platforms: [] },
        ]);
        const wanted = wantedImages(stacks, ["linux/s390x", "linux/amd64"]);
        assert.deepEqual(
            wanted.map(({ platforms }) => platforms),
            wanted.map(() => ["linux/amd64", "linux/s390x"]),
        );
    });

    it("are those of a stack's cloud, or of another", () => {
        const gcp = imagesOfStack(projectRoot, "prod", undefined);
        assert.deepEqual([gcp.mirror, gcp.platforms], [undefined, amd64]);
        const aws = imagesOfStack(projectRoot, "prod", "aws");
        assert.deepEqual(
            aws.images.filter((image) => !gcp.images.includes(image)),
            [
                "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
                "public.ecr.aws/karpenter/controller:1.14.1",
                "registry.k8s.io/autoscaling/vpa-admission-controller:1.7.1",
                "registry.k8s.io/autoscaling/vpa-recommender:1.7.1",
                "registry.k8s.io/autoscaling/vpa-updater:1.7.1",
            ],
        );
        // The nodes of an existing cluster are not known.
        assert.deepEqual(imagesOfStack(projectRoot, "local", undefined).platforms, []);
    });
});

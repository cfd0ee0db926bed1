import assert from "node:assert/strict";

import { barmanCloudChart } from "../../../components/database/barman";
import { settingsOf } from "../../../components/helm";
import type { Tier } from "../../../config/schema";
import { containerSecurity, describeRelease, podSecurity, resources, spread } from "../helm/expected";
import { configOf } from "../layers";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];
const labels = {
    "app.kubernetes.io/name": "plugin-barman-cloud",
    "app.kubernetes.io/instance": "plugin-barman-cloud",
};

describeRelease(
    {
        name: "plugin-barman-cloud",
        chart: "plugin-barman-cloud",
        version: "0.7.0",
        repo: "https://cloudnative-pg.github.io/charts",
        namespace: "data",
        skipCrds: true,
    },
    // An existing cluster has no bucket.
    { gcp: everywhere, aws: everywhere },
    (tier) => ({
        replicaCount: 1,
        image: { registry: "ghcr.io", repository: "cloudnative-pg/plugin-barman-cloud" },
        sidecarImage: { registry: "ghcr.io", repository: "cloudnative-pg/plugin-barman-cloud-sidecar" },
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        topologySpreadConstraints: spread(tier, labels),
        priorityClassName: "platform-addon",
        podSecurityContext: podSecurity,
        containerSecurityContext: containerSecurity,
    }),
);

describe("the images of plugin-barman-cloud", () => {
    it("are those of the mirror, by digest, in the chart's three parts", () => {
        const digest = "sha256:0";
        const pins = { "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0": digest };
        const config = configOf("gcp", "prod", { images: { mirror: "registry.example.com/mirror" } });
        const images = { ...config.images, pins };
        const { image, sidecarImage } = barmanCloudChart.values(
            settingsOf(barmanCloudChart, { ...config, images }),
            undefined,
        ) as Record<string, unknown>;
        const repository = "mirror/ghcr.io/cloudnative-pg/plugin-barman-cloud";
        assert.deepEqual(image, { registry: "registry.example.com", repository });
        assert.deepEqual(sidecarImage, {
            registry: "registry.example.com",
            repository: `${repository}-sidecar`,
            tag: `v0.13.0@${digest}`,
        });
    });
});

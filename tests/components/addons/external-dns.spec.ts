import assert from "node:assert/strict";

import { cloudNames } from "../../../config/schema";
import { chartOf, charts, valuesOf } from "./stack";
import { configOf } from "../layers";

describe("external-dns", () => {
    const chart = chartOf("external-dns");

    it("manages records of the shop's domain only, with this cluster as owner (SV-18)", () => {
        const values = valuesOf(chart, configOf("gcp", "prod"));
        assert.deepEqual(
            [values["domainFilters"], values["registry"], values["txtOwnerId"], values["policy"]],
            [["demo.example.com"], "txt", "shop-cluster", "sync"],
        );
    });

    it("uses the DNS of its cloud, and source kinds that are served there", () => {
        const view = (cloud: "gcp" | "aws") => {
            const { provider, sources, extraArgs } = valuesOf(chart, configOf(cloud, "prod"));
            return { provider, sources, extraArgs };
        };
        assert.deepEqual(view("gcp"), {
            provider: { name: "google" },
            sources: ["service", "gateway-httproute"],
            extraArgs: { "google-project": "shop-project", "google-zone-visibility": "public" },
        });
        assert.deepEqual(view("aws"), {
            provider: { name: "aws" },
            sources: ["service"],
            extraArgs: { "aws-zone-type": "public" },
        });
    });
});

describe("values of all charts", () => {
    it("contain no floating version", () => {
        for (const chart of charts) {
            for (const cloud of cloudNames.filter((name) => chart.clouds.includes(name))) {
                const text = JSON.stringify(valuesOf(chart, configOf(cloud, "prod")));
                assert.doesNotMatch(text, /latest|"tag"/, chart.name);
            }
        }
    });
});

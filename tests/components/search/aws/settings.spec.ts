import assert from "node:assert/strict";

import { clusterConfig, domainName, maintenance } from "../../../../components/search/aws/settings";
import { managedConfig } from "../kinds";

describe("settings of a domain of OpenSearch Service (SE-01)", () => {
    it("have dedicated masters for more than 10 data nodes, of the size for as many", () => {
        const masters = (tier: "staging" | "prod", nodes: number) => {
            const config = managedConfig(tier, { nodes });
            const { dedicatedMasterEnabled, dedicatedMasterCount, dedicatedMasterType } = clusterConfig(
                config,
                "m6g.large.search",
            );
            return [dedicatedMasterEnabled, dedicatedMasterCount, dedicatedMasterType];
        };
        assert.deepEqual(masters("staging", 10), [false, undefined, undefined]);
        assert.deepEqual(masters("staging", 11), [true, 3, "c6g.2xlarge.search"]);
        assert.deepEqual(masters("prod", 10), [true, 3, "m6g.large.search"]);
        assert.deepEqual(masters("prod", 11), [true, 3, "c6g.2xlarge.search"]);
    });

    it("have a name for the longest stack", () => {
        assert.match(domainName("a-stack-of-20-letters"), /^[a-z][0-9a-z-]{2,27}$/);
    });

    it("begin off-peak hours with the cluster's maintenance", () => {
        assert.deepEqual(maintenance("30 22 * * 6", "m6g.large.search").offPeakWindowOptions, {
            enabled: true,
            offPeakWindow: { windowStartTime: { hours: 22, minutes: 30 } },
        });
    });
});

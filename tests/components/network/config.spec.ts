import assert from "node:assert/strict";

import { networkConfig } from "../../../components/network/config";
import { cloudNames, tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { networkGood, networkMistakes } from "./mistakes";

describePart(networkConfig, networkMistakes, networkGood);

describe("the network's defaults", () => {
    for (const cloud of cloudNames) {
        it(`have a NAT gateway per zone in prod and interface endpoints from staging on, also on ${cloud}`, () => {
            const view = tierNames.map((tier) => resolved(tier, cloud).network);
            assert.deepEqual(
                view.map(({ natPerZone, interfaceEndpoints }) => [natPerZone, interfaceEndpoints]),
                [
                    [false, false],
                    [false, true],
                    [true, true],
                ],
            );
        });
    }

    const ranges = {
        gcp: ["10.40.0.0/20", "10.44.0.0/14", "10.48.0.0/20", "172.31.240.0/28", "10.49.0.0/20"],
        aws: ["10.40.0.0/16", "10.40.0.0/16", "172.20.0.0/16", "10.40.0.0/16", "10.40.0.0/16"],
        existing: ["10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"],
    } as const;
    for (const cloud of cloudNames) {
        it(`have these ranges on ${cloud}`, () => {
            const { nodes, pods, services, controlPlane, managed } = resolved("prod", cloud).network;
            assert.deepEqual([nodes, pods, services, controlPlane, managed], ranges[cloud]);
        });
    }

    it("apply to the ranges that a stack file does not set", () => {
        const { network } = resolved("prod", "gcp", { "network.services": "10.60.0.0/20" });
        assert.deepEqual([network.services, network.pods], ["10.60.0.0/20", "10.44.0.0/14"]);
    });
});

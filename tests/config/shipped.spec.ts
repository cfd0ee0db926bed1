import assert from "node:assert/strict";

import type { Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import { platformConfig } from "../../components/platform-config";
import { settingsOf, shippedSettings, shippedStacks } from "./stack-file";

describe("the shipped stack files", () => {
    it("are five", () => {
        assert.deepEqual(shippedStacks, ["dev", "local", "prod", "prod-dr", "staging"]);
    });

    it("are twelve with each cloud that they name", () => {
        assert.equal(shippedSettings.length, 12);
    });

    for (const { stack, cloud, settings } of shippedSettings) {
        it(`have no mistake: Pulumi.${stack}.yaml on ${cloud}`, () => {
            const { config, problems } = platformConfig.validate(stack, settings, workloads);
            assert.deepEqual(problems, undefined);
            assert.deepEqual([config.stack, config.cloud], [stack, cloud]);
        });
    }

    it("need no payment pool where no service asks for it", () => {
        const others = Object.fromEntries(Object.entries(workloads).filter(([name]) => name !== "payment"));
        const settings = settingsOf({ base: "dev/gcp", set: { "nodePools.payment.enabled": false } });
        const { config } = platformConfig.validate("test", settings, others satisfies Workloads);
        assert.deepEqual(Object.keys(config?.nodePools ?? {}), ["app", "database", "cache"]);
    });
});

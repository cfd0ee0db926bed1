import assert from "node:assert/strict";

import { machineOf } from "./allocatable";
import { cases, planOf } from "./plan/cases";
import { valueAfterUpdate, plannedObjects } from "./plan/objects";
import { inDependencyOrder } from "./plan/order";
import { nodePools } from "./scheduling/pools";

describe("the machines of the simulated nodes", () => {
    it("are those of config/machines.ts", () => {
        assert.equal(machineOf("gcp", "e2-standard-4").vcpu, 4);
        assert.throws(() => machineOf("gcp", "e9-huge"), /config\/machines\.ts has no machine type/);
    });
});

describe("the plan as the cluster suites read it", () => {
    const resource = (name: string, rest: object = {}) => ({
        urn: `urn:${name}`,
        type: "test:index:Thing",
        name,
        custom: true,
        inputs: {},
        options: {},
        ...rest,
    });

    it("orders resources after their dependencies, including the descendants of components", () => {
        const ordered = inDependencyOrder([
            resource("app", { options: { dependsOn: ["urn:component"] } }),
            resource("component", { custom: false }),
            resource("inside", { parent: "urn:component", options: { dependsOn: ["urn:last"] } }),
            resource("last"),
        ]);
        assert.deepEqual(
            ordered.map(({ name }) => name),
            ["component", "last", "inside", "app"],
        );
        const cycle = [
            resource("a", { options: { dependsOn: ["urn:b"] } }),
            resource("b", { options: { dependsOn: ["urn:a"] } }),
        ];
        assert.throws(() => inDependencyOrder(cycle), /a -> b -> a/);
    });

    it("lists values that are known only after an update, and replaces them by a valid placeholder", () => {
        const type = "kubernetes:core/v1:ConfigMap";
        const inputs = { metadata: { name: "settings", namespace: "shop" }, data: { plain: "x", later: "[unknown]" } };
        const [planned] = plannedObjects({ resources: [resource("settings", { type, inputs })] });
        assert.deepEqual(planned?.unknowns, ["data.later"]);
        assert.deepEqual(planned.object["data"], { plain: "x", later: valueAfterUpdate });
    });

    it("has a case for every stack, and for both clouds when the stack is on a managed cloud", async () => {
        const titles = cases().map(({ stack, cloud }) => `${stack} ${cloud}`);
        for (const expected of [
            "dev gcp",
            "dev aws",
            "staging gcp",
            "staging aws",
            "prod gcp",
            "prod aws",
            "local existing",
        ]) {
            assert.ok(titles.includes(expected), expected);
        }
        for (const which of cases()) {
            const pools = nodePools((await planOf(which)).resources);
            const zones = new Set(pools.flatMap((pool) => pool.zones));
            assert.equal(zones.size, which.cloud === "existing" ? 0 : 3, `${which.stack} on ${which.cloud}`);
        }
    });
});

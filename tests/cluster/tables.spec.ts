import assert from "node:assert/strict";

import { machines } from "../../config/machines";
import { eksAllocatable, eksMaxPods, gkeAllocatable, machineOf } from "./allocatable";
import { cases, planOf } from "./plan/cases";
import { valueAfterUpdate, plannedObjects } from "./plan/objects";
import { inDependencyOrder } from "./plan/order";
import { nodePools } from "./scheduling/pools";

const gibi = 2 ** 30;

describe("allocatable resources", () => {
    it("of a GKE node equal the example in the documentation", () => {
        // plan-node-sizes: of 16 GiB, 1 + 0.8 + 0.8 GiB and 100 MiB are reserved; of 4 cores 80 millicores.
        const { cpu, memory, pods } = gkeAllocatable({ vcpu: 4, memoryGiB: 16, memoryEncryption: "none" }, 100, 110);
        assert.equal(Math.round(cpu * 1000), 3920);
        assert.equal(Math.round((memory / gibi) * 100) / 100, 13.3);
        assert.equal(pods, 110);
    });

    it("of an EKS node follow from its network interfaces and pods", () => {
        assert.deepEqual(["m7i.large", "m7i.xlarge", "t3.large"].map(eksMaxPods), [29, 58, 35]);
        const { cpu, memory } = eksAllocatable({ vcpu: 2, memoryGiB: 8, memoryEncryption: "none" }, 20, 29);
        assert.equal(Math.round(cpu * 1000), 1930);
        // AWS documents 574 MiB for 29 pods.
        assert.equal(Math.round(8 * 0.925 * 1024 - memory / 2 ** 20), 574 + 100);
        assert.throws(() => eksMaxPods("z9.huge"), /z9\.huge; add them/);
    });

    it("exist for every machine type of config/machines.ts", () => {
        assert.throws(() => machineOf("gcp", "e9-huge"), /config\/machines\.ts has no machine type/);
        for (const type of Object.keys(machines.aws)) {
            assert.ok(eksMaxPods(type) > 0, type);
        }
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

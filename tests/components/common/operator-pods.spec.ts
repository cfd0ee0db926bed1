import assert from "node:assert/strict";

import { operatorPodPlacement } from "../../../components/common/operator-pods";
import { configOf } from "../layers";

const labels = { app: "store" };

const spread = (whenUnsatisfiable: string) =>
    ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable,
        labelSelector: { matchLabels: labels },
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    }));

describe("the placement of operators' pods (CL-13 to CL-15)", () => {
    it("is spread alone on the app pool, which takes every pod", () => {
        const expected = { topologySpreadConstraints: spread("DoNotSchedule") };
        assert.deepEqual(operatorPodPlacement(configOf("gcp", "prod"), "messaging", labels), expected);
    });

    it("is the data pool of the compact profile, which has no taint", () => {
        const config = configOf("aws", "dev", { nodePools: { profile: "compact" } });
        const matchExpressions = [{ key: "workload", operator: "In", values: ["data"] }];
        assert.deepEqual(operatorPodPlacement(config, "messaging", labels), {
            affinity: {
                nodeAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
                },
            },
            topologySpreadConstraints: spread("ScheduleAnyway"),
        });
    });

    it("is any node where pods share all nodes", () => {
        const config = configOf("existing", "dev", { existing: { dedicatedPools: false } });
        const expected = { topologySpreadConstraints: spread("ScheduleAnyway") };
        assert.deepEqual(operatorPodPlacement(config, "data", labels), expected);
    });
});

import * as assert from "node:assert/strict";

import { workloads } from "../../../catalog/workloads";
import { planStack, renderKubernetes } from "../../../tools/plan";

interface Rate {
    readonly stabilizationWindowSeconds: number;
    readonly selectPolicy: string;
    readonly policies: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[];
}

interface Spec {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly {
        readonly resource: { readonly name: string; readonly target: { readonly averageUtilization: number } };
    }[];
    readonly behavior: { readonly scaleUp: Rate; readonly scaleDown: Rate };
}

/** The autoscaler in one line: `2-8 cpu60 memory70 up25/30 down5/600`. */
function line({ minReplicas, maxReplicas, metrics, behavior }: Spec): string {
    const targets = metrics.map(({ resource: { name, target } }) => `${name}${target.averageUtilization}`);
    const rate = ({ policies: [policy] }: Rate) => `${policy?.value ?? "?"}/${policy?.periodSeconds ?? "?"}`;
    const { scaleUp, scaleDown } = behavior;
    return [`${minReplicas}-${maxReplicas}`, ...targets, `up${rate(scaleUp)}`, `down${rate(scaleDown)}`].join(" ");
}

async function autoscalers(stack: string): Promise<Record<string, string>> {
    const objects = renderKubernetes(await planStack({ stack, cloud: "existing" }));
    return Object.fromEntries(
        objects
            .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
            .map(({ name, manifest }) => [name, line(manifest["spec"] as unknown as Spec)]),
    );
}

describe("autoscalers as rendered (AS-01 to AS-04, EN-01 to EN-03)", () => {
    it("have the required bounds, targets and rates in prod", async () => {
        assert.deepEqual(await autoscalers("prod"), {
            admin: "2-4 cpu70 memory80 up100/15 down10/60",
            frontend: "3-12 cpu70 memory80 up100/15 down10/60",
            gateway: "2-30 cpu70 memory80 up100/15 down10/60",
            inventory: "4-16 cpu70 memory80 up100/15 down10/60",
            notification: "2-8 cpu70 memory80 up100/15 down10/60",
            order: "3-15 cpu70 memory80 up100/15 down10/300",
            payment: "2-8 cpu60 memory70 up25/30 down5/600",
            product: "5-20 cpu65 memory75 up50/15 down10/60",
            user: "3-12 cpu70 memory80 up100/15 down10/60",
        });
    });

    it("have a minimum of two in staging, and do not exist in dev", async () => {
        const staging = await autoscalers("staging");
        assert.deepEqual(Object.keys(staging).sort(), Object.keys(workloads).sort());
        assert.ok(Object.values(staging).every((entry) => entry.startsWith("2-")));
        assert.deepEqual(await autoscalers("dev"), {});
    });
});

import { killAll } from "./harness/session";
import { LifecyclePool } from "./harness/lifecycle-pool";
import { TestEnvironment } from "./harness/test-environment";
import { keptOf } from "../stacks/account/kept";
import type { Account, StackName } from "../stacks/account/updated";
import { STEPS, lifecycleOf, type Scenario } from "./lifecycle";

const CLOUDS = ["gcp", "aws", "existing"];

/** A changed replica count of a stack without autoscalers. */
const fixed = {
    config: { services: { inventory: { replicas: 2 } } },
    updates: ["kubernetes:apps/v1:Deployment::inventory", "kubernetes:core/v1:ResourceQuota::services-quota"],
};

/** A changed minimum of an autoscaler. */
const scaled = {
    config: { services: { inventory: { minReplicas: 5 } } },
    updates: ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler::inventory-autoscaler"],
};

/** A changed maximum of nodes: a replica stack has no workloads of the shop. */
const nodes = {
    gcp: {
        config: { nodePools: { app: { max: 24 } } },
        updates: ["gcp:container/nodePool:NodePool::cluster-app"],
    },
    aws: {
        config: { nodePools: { app: { max: 24 } } },
        updates: ["kubernetes:karpenter.sh/v1:NodePool::nodes-provisioning-app"],
    },
};

/** What a stack leaves in a cloud. */
const keptIn = (stack: StackName, cloud: string): { readonly kept?: readonly string[] } =>
    cloud === "existing" ? {} : { kept: keptOf(stack, cloud as Account) };

/** Configuration that disables production's deletion protection. */
const unprotected = { cluster: { deletionProtection: false } };

const scenarios: readonly Scenario[] = [
    ...CLOUDS.map((cloud) => ({ stack: "dev", cloud, change: fixed, ...keptIn("dev", cloud) })),
    ...CLOUDS.map((cloud) => ({ stack: "staging", cloud, change: scaled, ...keptIn("staging", cloud) })),
    ...CLOUDS.map((cloud) => ({
        stack: "prod",
        cloud,
        change: scaled,
        ...keptIn("prod", cloud),
        unprotect: unprotected,
    })),
    ...["gcp", "aws"].map((cloud) => ({
        stack: "prod-dr",
        cloud,
        change: nodes[cloud as "gcp" | "aws"],
        unprotect: unprotected,
        ...keptIn("prod-dr", cloud),
    })),
    { stack: "local", cloud: "existing", change: fixed },
];

describe("engine: stacks", () => {
    let environment: TestEnvironment | undefined;
    const opened = (): TestEnvironment => {
        if (environment === undefined) {
            throw new Error("the test environment is not open");
        }
        return environment;
    };
    const lifecycles = scenarios.map((scenario) => lifecycleOf(opened, scenario));
    const pool = new LifecyclePool(lifecycles);

    before(async () => {
        environment = await TestEnvironment.open();
    });

    after(async () => {
        await pool.stop(killAll);
        environment?.close();
    });

    for (const [index, { stack, cloud }] of scenarios.entries()) {
        describe(`${stack} on ${cloud}`, () => {
            const lifecycle = lifecycles[index];
            before(() => {
                if (lifecycle !== undefined) {
                    pool.ensureStarted(lifecycle);
                }
            });
            for (const step of Object.values(STEPS)) {
                it(step, () => lifecycle?.completed(step));
            }
        });
    }
});

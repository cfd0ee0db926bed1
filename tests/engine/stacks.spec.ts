import { killAll } from "./harness/session";
import { LifecyclePool } from "./harness/lifecycle-pool";
import { TestEnvironment } from "./harness/test-environment";
import { STEPS, lifecycleOf, type Scenario } from "./lifecycle";

const CLOUDS = ["gcp", "aws", "existing"];

/** One replica more where the stack says the number itself: its Deployment, and the room of its namespace. */
const fixed = {
    config: { services: { inventory: { replicas: 2 } } },
    touches: ["kubernetes:apps/v1:Deployment::inventory", "kubernetes:core/v1:ResourceQuota::services-quota"],
};

/** Where an autoscaler owns the number, its lower bound is all that there is to change. */
const scaled = {
    config: { services: { inventory: { minReplicas: 5 } } },
    touches: ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler::inventory-autoscaler"],
};

/** Nothing of the shop runs in a replica: what changes there are its nodes. */
const wider = {
    gcp: {
        config: { nodePools: { app: { max: 24 } } },
        touches: ["gcp:container/nodePool:NodePool::cluster-app"],
    },
    aws: {
        config: { nodePools: { app: { max: 24 } } },
        touches: ["kubernetes:karpenter.sh/v1:NodePool::provisioning-app"],
    },
};

/** What has to be said before production lets go of what it made. */
const unprotected = { cluster: { deletionProtection: false } };

const scenarios: readonly Scenario[] = [
    ...CLOUDS.map((cloud) => ({ stack: "dev", cloud, change: fixed })),
    ...CLOUDS.map((cloud) => ({ stack: "staging", cloud, change: scaled })),
    ...CLOUDS.map((cloud) => ({
        stack: "prod",
        cloud,
        change: scaled,
        // Production is protected; somebody else's cluster holds nothing of ours that could be.
        ...(cloud === "existing" ? {} : { release: unprotected }),
    })),
    ...["gcp", "aws"].map((cloud) => ({
        stack: "prod-dr",
        cloud,
        change: wider[cloud as "gcp" | "aws"],
        release: unprotected,
    })),
    { stack: "local", cloud: "existing", change: fixed },
];

describe("engine: stacks", () => {
    let environment: TestEnvironment | undefined;
    const opened = (): TestEnvironment => {
        if (environment === undefined) {
            throw new Error("the suite has not begun");
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

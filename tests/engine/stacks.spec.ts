import { killAll } from "./harness/session";
import { Pool } from "./harness/pool";
import { Workbench } from "./harness/workbench";
import { STEPS, journeyOf, type Scenario } from "./journeys";

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
    let workbench: Workbench | undefined;
    const opened = (): Workbench => {
        if (workbench === undefined) {
            throw new Error("the suite has not begun");
        }
        return workbench;
    };
    const journeys = scenarios.map((scenario) => journeyOf(opened, scenario));
    const pool = new Pool(journeys);

    before(async () => {
        workbench = await Workbench.open();
    });

    after(async () => {
        await pool.stop(killAll);
        workbench?.close();
    });

    for (const [index, { stack, cloud }] of scenarios.entries()) {
        describe(`${stack} on ${cloud}`, () => {
            const journey = journeys[index];
            before(() => {
                if (journey !== undefined) {
                    pool.ask(journey);
                }
            });
            for (const step of Object.values(STEPS)) {
                it(step, () => journey?.reach(step));
            }
        });
    }
});

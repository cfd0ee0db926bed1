import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import { optionsOf, without } from "../deployed";
import { deployment, inLayer } from "../deployment";
import { parameters, prod } from "./cluster-spec";
import { databaseObject, labelsOf, replica } from "./objects";

const title = "Cluster database-cluster";

// Without that of Pgpool-II.
const roles = prod.managed.roles.slice(0, 8);
const withoutBackups = without(prod, "plugins", "backup");

/** The constraints of a tier in which a required spread has a minimum of zones. */
function spread(minDomains: number | undefined): object[] {
    return prod.topologySpreadConstraints.map(({ minDomains: own, ...constraint }) => ({
        ...constraint,
        ...(minDomains === undefined ? { whenUnsatisfiable: "ScheduleAnyway" } : {}),
        ...(own === undefined || minDomains === undefined ? {} : { minDomains }),
    }));
}

describe("the Cluster", () => {
    it("has a primary and three replicas over three zones in prod (DB-01, DB-03, DB-04, ST-04)", async () => {
        assert.deepEqual(await databaseObject(title, "gcp", "prod"), {
            apiVersion: "postgresql.cnpg.io/v1",
            kind: "Cluster",
            metadata: {
                name: "postgres",
                namespace: "data",
                labels: labelsOf("postgres"),
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            },
            spec: prod,
        });
    });

    it("is smaller in staging; EKS finds the identity of its account by name", async () => {
        const { spec } = await databaseObject(title, "aws", "staging");
        assert.deepEqual(spec, {
            ...prod,
            instances: 3,
            postgresql: { ...prod.postgresql, parameters: parameters("staging", "aws") },
            resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { cpu: "2", memory: "8Gi" } },
            serviceAccountTemplate: { metadata: { annotations: {} } },
            storage: { ...prod.storage, size: "50Gi" },
            walStorage: { ...prod.walStorage, size: "20Gi" },
        });
    });

    const alone = without(prod.postgresql, "synchronous");
    const dev = {
        instances: 1,
        enablePDB: false,
        affinity: { ...prod.affinity, podAntiAffinityType: "preferred" },
        managed: { roles },
        postgresql: { ...alone, parameters: parameters("dev", "gcp") },
        resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
        storage: { ...prod.storage, size: "10Gi" },
        topologySpreadConstraints: spread(undefined),
        walStorage: { ...prod.walStorage, size: "5Gi" },
    };

    it("is one instance in dev: nothing to wait for, and no budget", async () => {
        const { spec } = await databaseObject(title, "gcp", "dev");
        assert.deepEqual(spec, { ...prod, ...dev });
    });

    it("has no backups on an existing cluster, which has no bucket", async () => {
        const { spec } = await databaseObject(title, "existing", "dev");
        assert.deepEqual(spec, {
            ...withoutBackups,
            ...dev,
            serviceAccountTemplate: { metadata: { annotations: {} } },
        });
    });

    it("replays its primary's backups in a replica, and Pulumi does not wait for it (BK-04, CL-18)", async () => {
        const { spec, metadata } = await databaseObject(title, "replica");
        assert.deepEqual(metadata, { name: "postgres", namespace: "data", labels: labelsOf("postgres") });
        assert.deepEqual(spec, {
            ...withoutBackups,
            instances: 2,
            bootstrap: { recovery: { source: "postgres-primary" } },
            replica: { enabled: true, source: "postgres-primary" },
            externalClusters: [
                {
                    name: "postgres-primary",
                    plugin: {
                        name: "barman-cloud.cloudnative-pg.io",
                        parameters: { barmanObjectName: "postgres-primary", serverName: "postgres" },
                    },
                },
            ],
            // Nor that of the job, which a replica does not run.
            managed: { roles: roles.slice(0, 7) },
            serviceAccountTemplate: { metadata: { annotations: {} } },
            topologySpreadConstraints: spread(2),
        });
    });

    it("is protected where the stack's data is, and has time for its volumes (D7)", async () => {
        const timeouts = { create: "30m", update: "60m" };
        const options = async (cloud: Cloud, tier: Tier) =>
            optionsOf(inLayer(await deployment(cloud, tier), "database"))[title];
        assert.deepEqual(await options("gcp", "prod"), { protect: true, customTimeouts: timeouts });
        assert.deepEqual(await options("gcp", "dev"), { customTimeouts: timeouts });
        assert.deepEqual(optionsOf(inLayer(await replica(), "database"))[title], {
            protect: true,
            customTimeouts: timeouts,
        });
    });
});

import assert from "node:assert/strict";

import { networkPolicySpec } from "../../../../components/security/network-policy";
import { configOf, declaredOf } from "../../layers";
import { managedConfig } from "../kinds";

const image = "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie";

describe("the declaration of a managed engine (SE-01, NW-05)", () => {
    const declared = declaredOf(managedConfig("prod"));
    const own = declared.pods.filter(({ app }) => app.component === "search");

    it("is the Job that creates the users: neither operator nor nodes", () => {
        assert.deepEqual(
            own.map(({ name, namespace, pool, count, job, resources, callers, calls }) => ({
                ...{ name, namespace, pool, count, job, resources, callers, calls },
            })),
            [
                {
                    name: "search-users",
                    namespace: "data",
                    pool: "app",
                    count: { min: 0, max: 1, surge: 0 },
                    job: true,
                    resources: {
                        requests: { cpu: "50m", memory: "64Mi" },
                        limits: { cpu: "500m", memory: "128Mi" },
                    },
                    callers: [],
                    calls: ["dns", { store: "elasticsearch" }],
                },
            ],
        );
        assert.ok(!declared.charts.some(({ name }) => name === "eck"), "installs the operator");
        assert.deepEqual(declared.stores["elasticsearch"], { kind: "outside", port: 443, range: "10.40.0.0/16" });
    });

    it("allows the Job DNS and the addresses of the VPC at the API's port, and nothing else", () => {
        const [group] = own;
        assert.ok(group);
        const reach = { apiServer: [], cloud: [], identity: [], kubelets: [], webhookCallers: [] };
        const { ingress = [], egress = [] } = networkPolicySpec(group, { declared, reach });
        assert.deepEqual(ingress, []);
        assert.equal((egress as unknown[]).length, 2);
        assert.deepEqual((egress as unknown[])[1], {
            to: [{ ipBlock: { cidr: "10.40.0.0/16" } }],
            ports: [{ port: 443, protocol: "TCP" }],
        });
    });

    it("has one image, which the platform has too where there are no pods of PostgreSQL", () => {
        const rds = declaredOf(
            configOf("aws", "dev", { search: { kind: "opensearch-service" }, database: { kind: "rds" } }),
        );
        assert.ok(JSON.stringify(rds.images).includes(image), JSON.stringify(rds.images));
    });

    it("is the same in a replica of the stack: the domain is there, and empty (CL-18)", () => {
        const replica = declaredOf({ ...managedConfig("prod"), role: "replica" });
        assert.ok(replica.pods.some(({ name }) => name === "search-users"));
    });
});

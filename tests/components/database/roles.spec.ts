import assert from "node:assert/strict";

import { databaseRole, roleCommits } from "../../../catalog/database";
import { workloads } from "../../../catalog/workloads";
import { databaseObjects, labelsOf } from "./objects";

/** Callers of the database, and their namespaces. */
const services = {
    user: "services",
    product: "services",
    order: "services",
    payment: "payment",
    inventory: "services",
};
const callers = { ...services, "cache-warm": "services" };

function secret(name: string, namespace: string, username: string, password: string): object {
    const encoded = (text: string) => Buffer.from(text).toString("base64");
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace, labels: { ...labelsOf(name), "cnpg.io/reload": "true" } },
        type: "kubernetes.io/basic-auth",
        data: { secret: { username: encoded(username), password: encoded(`password of ${password}`) } },
    };
}

describe("the roles of the database", () => {
    it("have a password each, in a Secret beside PostgreSQL and one beside the workload (DB-17, SC-05)", async () => {
        const objects = await databaseObjects("gcp", "prod");
        const found = Object.entries(objects).filter(([title]) => title.startsWith("Secret database-roles"));
        const own = Object.entries(callers).flatMap(([workload, namespace]) => {
            const role = `${workload.replace("-", "_")}_service`;
            const both = ["data", "caller"] as const;
            return both.map((key) => [
                `Secret database-roles-${workload}-${key}`,
                secret(`postgres-${workload}`, key === "data" ? "data" : namespace, role, `database-roles-${workload}`),
            ]);
        });
        assert.deepEqual(
            Object.fromEntries(found),
            Object.fromEntries([
                ...own,
                [
                    "Secret database-roles-maintenance-data",
                    secret("postgres-maintenance", "data", "shop_maintenance", "database-roles-maintenance"),
                ],
                [
                    "Secret database-roles-owner-data",
                    secret("postgres-owner", "data", "shop_owner", "database-roles-owner"),
                ],
                [
                    "Secret database-roles-pgpool-data",
                    secret("postgres-pgpool", "data", "pgpool", "database-roles-pgpool"),
                ],
            ]),
        );
    });

    it("are generated again when the generation changes, and without Pgpool-II there is none for it", async () => {
        const objects = await databaseObjects("gcp", "dev");
        const found = Object.entries(objects).filter(([title]) => title.startsWith("RandomPassword"));
        const password = { length: 32, special: false, keepers: { generation: "1" } };
        assert.deepEqual(
            Object.fromEntries(found),
            Object.fromEntries(
                [...Object.keys(callers), "owner", "maintenance"].map((key) => [
                    `RandomPassword database-roles-${key}`,
                    password,
                ]),
            ),
        );
    });

    it("have names that SQL does not reserve", () => {
        assert.deepEqual(["user", "order", "a-b-c"].map(databaseRole), [
            "user_service",
            "order_service",
            "a_b_c_service",
        ]);
    });

    it("wait for a replica where a lost commit is a lost order (DB-03, X15)", () => {
        assert.deepEqual(
            Object.fromEntries(Object.entries(roleCommits).map(([workload, { level }]) => [workload, level])),
            { user: "on", order: "on", payment: "on", inventory: "on", product: "local" },
        );
        Object.entries(roleCommits).forEach(([workload, { reason }]) => {
            assert.ok(Object.hasOwn(workloads, workload) && reason.length > 20, workload);
        });
        assert.deepEqual(Object.keys(roleCommits).sort(), Object.keys(services).sort());
    });
});

import assert from "node:assert/strict";

import type { StoreCaller } from "../../../catalog/graph";
import { rolesFile, usersRolesFile } from "../../../components/search/roles";
import { configOf, declaredOf } from "../layers";

describe("the rights of Elasticsearch's users (SE-01)", () => {
    const callers = declaredOf(configOf("gcp", "prod")).graph.storeCallers("elasticsearch");
    const reader: StoreCaller = {
        workload: "reports",
        namespace: "services",
        access: "read",
        produces: [],
        consumes: [],
        caches: [],
    };

    it("are on their own indexes, and none on the cluster", () => {
        assert.deepEqual(JSON.parse(rolesFile([...callers, reader], [])), {
            product: {
                cluster: [],
                indices: [
                    {
                        names: ["product", "product-*"],
                        privileges: ["create_index", "manage", "read", "view_index_metadata", "write"],
                    },
                ],
            },
            reports: {
                cluster: [],
                indices: [{ names: ["reports", "reports-*"], privileges: ["read", "view_index_metadata"] }],
            },
        });
        const writer = { ...reader, access: "write" } as const;
        assert.deepEqual((JSON.parse(rolesFile([writer], [])) as { reports: { indices: unknown } }).reports.indices, [
            { names: ["reports", "reports-*"], privileges: ["create_index", "write"] },
        ]);
    });

    it("are granted to the workload of the role's name", () => {
        assert.equal(usersRolesFile(["product", "reports"]), "product:product\nreports:reports\n");
    });

    it("of the jobs let one write repository and policy, and the other replace the callers' indexes (BK-06)", () => {
        const { product, reports, ...jobs } = JSON.parse(
            rolesFile([...callers, reader], ["register", "restore"]),
        ) as Record<string, object>;
        assert.deepEqual(Object.keys({ product, reports }), ["product", "reports"]);
        assert.deepEqual(jobs, {
            "search-snapshots": {
                cluster: ["manage_slm", "create_snapshot", "cluster:admin/repository/put"],
                indices: [],
            },
            "search-restore": {
                cluster: ["monitor_snapshot", "cluster:admin/snapshot/restore"],
                indices: [{ names: ["product", "product-*", "reports", "reports-*"], privileges: ["manage"] }],
            },
        });
    });
});

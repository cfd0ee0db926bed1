import assert from "node:assert/strict";

import type { StoreCaller } from "../../../../catalog/graph";
import { openSearchRole } from "../../../../components/search/managed/roles";

const caller = (workload: string, access: StoreCaller["access"]): StoreCaller => ({
    workload,
    namespace: "services",
    access,
    produces: [],
    consumes: [],
    caches: [],
});

const together = ["indices:data/read/mget", "indices:data/read/msearch", "indices:data/read/scroll*"];

describe("the rights of OpenSearch's users (SE-01, SC-05)", () => {
    it("are on the indexes of the caller, which a writer may create", () => {
        assert.deepEqual(openSearchRole(caller("product", "read-write")), {
            cluster_permissions: ["indices:data/write/bulk", ...together],
            index_permissions: [
                {
                    index_patterns: ["product", "product-*"],
                    allowed_actions: ["create_index", "manage", "read", "write"],
                },
            ],
        });
    });

    it("are to read for a reader", () => {
        assert.deepEqual(openSearchRole(caller("reports", "read")), {
            cluster_permissions: together,
            index_permissions: [
                {
                    index_patterns: ["reports", "reports-*"],
                    allowed_actions: [
                        "read",
                        "indices:admin/get",
                        "indices:admin/mappings/get",
                        "indices:admin/aliases/get",
                    ],
                },
            ],
        });
    });

    it("are to write, and to read nothing, for a job that only writes", () => {
        assert.deepEqual(openSearchRole(caller("index", "write")), {
            cluster_permissions: ["indices:data/write/bulk"],
            index_permissions: [{ index_patterns: ["index", "index-*"], allowed_actions: ["create_index", "write"] }],
        });
    });
});

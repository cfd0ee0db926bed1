import assert from "node:assert/strict";

import { searchConfig } from "../../../components/search/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { managedGood, managedMistakes } from "./managed-mistakes";
import { searchGood, searchMistakes } from "./mistakes";

describePart(searchConfig, [...searchMistakes, ...managedMistakes], [...searchGood, ...managedGood]);

const eck = { kind: "eck", engine: "elasticsearch", passwordGeneration: 1 };

const backup = { schedule: "0 30 3 * * ?", retentionDays: 7, enabled: true };

describe("the shape of the product search", () => {
    it("is one node in dev and three from staging on (SE-01, EN-01 to EN-03)", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").search),
            [
                { ...eck, nodes: 1, memory: "2Gi", heap: "1Gi", volumeGiB: 10, backup },
                { ...eck, nodes: 3, memory: "2Gi", heap: "1Gi", volumeGiB: 20, backup },
                { ...eck, nodes: 3, memory: "4Gi", heap: "2Gi", volumeGiB: 100, backup },
            ],
        );
    });

    it("has snapshots where the stack has a bucket of its own (BK-06)", () => {
        const enabled = (tier: "dev" | "prod", cloud: "gcp" | "aws" | "existing", own = {}) =>
            resolved(tier, cloud, own).search.backup.enabled;
        assert.deepEqual([enabled("dev", "aws"), enabled("prod", "existing")], [true, false]);
        assert.equal(enabled("prod", "aws", { "search.kind": "opensearch-service" }), false);
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" };
        assert.equal(enabled("prod", "gcp", replica), false);
        assert.deepEqual(resolved("prod", "gcp", { "search.backup.retentionDays": 30 }).search.backup, {
            schedule: "0 30 3 * * ?",
            retentionDays: 30,
            enabled: true,
        });
    });

    it("has the engine and a machine of the kind", () => {
        const managed = tierNames.map((tier) => resolved(tier, "aws", { "search.kind": "opensearch-service" }).search);
        assert.deepEqual(
            managed.map(({ kind, engine, nodes, volumeGiB, instanceType }) => ({
                kind,
                engine,
                nodes,
                volumeGiB,
                instanceType,
            })),
            [
                { nodes: 1, volumeGiB: 10, instanceType: "t3.small.search" },
                { nodes: 3, volumeGiB: 20, instanceType: "m6g.large.search" },
                { nodes: 3, volumeGiB: 100, instanceType: "m6g.large.search" },
            ].map((own) => ({ kind: "opensearch-service", engine: "opensearch", ...own })),
        );
    });

    it("has half of the memory as heap, 31 GiB at most", () => {
        assert.equal(resolved("prod", "aws", { "search.memory": "6Gi" }).search.heap, "3Gi");
        assert.equal(resolved("prod", "aws", { "search.memory": "100Gi" }).search.heap, "31Gi");
    });
});

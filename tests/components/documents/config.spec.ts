import assert from "node:assert/strict";

import { documentsConfig } from "../../../components/documents/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { documentsGood, documentsMistakes } from "./mistakes";

describePart(documentsConfig, documentsMistakes, documentsGood);

describe("the shape of the store of documents", () => {
    const backup = (enabled: boolean) => ({ enabled, schedule: "0 3 * * *", copies: 7 });

    it("is none by default, and with MongoDB one member in dev and three from staging on (MG-01, MG-02)", () => {
        const shapes = (kind: "none" | "mongodb") =>
            tierNames.map((tier) => resolved(tier, "gcp", { "database.documents": kind }).documents);
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").documents),
            shapes("none"),
        );
        assert.deepEqual(shapes("mongodb"), [
            { kind: "mongodb", members: 1, memory: "1Gi", volumeGiB: 10, backup: backup(false) },
            { kind: "mongodb", members: 3, memory: "2Gi", volumeGiB: 20, backup: backup(false) },
            { kind: "mongodb", members: 3, memory: "4Gi", volumeGiB: 100, backup: backup(false) },
        ]);
    });

    it("has backups where they need no key: on AWS, and not in a replica", () => {
        const enabled = (cloud: "gcp" | "aws" | "existing", set = {}) =>
            resolved("prod", cloud, { "database.documents": "mongodb", ...set }).documents.backup.enabled;
        assert.deepEqual([enabled("gcp"), enabled("aws"), enabled("existing")], [false, true, false]);
        assert.equal(
            enabled("aws", { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" }),
            false,
        );
    });
});

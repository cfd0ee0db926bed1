import assert from "node:assert/strict";

import { databaseObjects, labelsOf } from "./objects";

const monitors: Readonly<Record<string, object>> = {
    postgres: { "cnpg.io/cluster": "postgres", "cnpg.io/podRole": "instance" },
    "postgres-pooler-rw": { "cnpg.io/poolerName": "postgres-pooler-rw" },
    "postgres-pooler-ro": { "cnpg.io/poolerName": "postgres-pooler-ro" },
};

describe("the database's monitors", () => {
    it("are one each for the instances and the poolers (DB-02, DB-09, DB-11)", async () => {
        for (const objects of [await databaseObjects("gcp", "prod"), await databaseObjects("existing", "dev")]) {
            const found = Object.entries(objects).filter(([title]) => title.startsWith("PodMonitor"));
            const expected = Object.entries(monitors).map(([name, matchLabels]) => [
                `PodMonitor database-monitors-${name}`,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PodMonitor",
                    metadata: { name, namespace: "data", labels: labelsOf(name) },
                    spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port: "metrics" }] },
                },
            ]);
            assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
        }
    });
});

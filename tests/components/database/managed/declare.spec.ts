import assert from "node:assert/strict";

import { networkPolicySpec } from "../../../../components/security/network-policy";
import type { Cloud } from "../../../../config/schema";
import { declaredOf } from "../../layers";
import { kindConfig, type TestedKind } from "../kinds";

const cases: readonly (readonly [Cloud, TestedKind, string])[] = [
    ["gcp", "cloud-sql", "10.49.0.0/20"],
    ["aws", "rds", "10.40.240.0/20"],
];

const dns = { port: 53, protocol: "UDP" };

for (const [cloud, kind, range] of cases) {
    describe(`the pods of ${kind} (NW-05, DB-18)`, () => {
        const declared = declaredOf(kindConfig(cloud, "prod", kind));
        const own = declared.pods.filter(({ namespace, app }) => namespace === "data" && app.component === "database");

        it("are poolers, Pgpool-II and the Jobs: neither operator nor instances", () => {
            assert.deepEqual(
                own.map(({ name, source, count }) => [name, source, count.min, count.max]),
                [
                    ["postgres-pooler-rw", "object", 3, 3],
                    ["postgres-pooler-ro", "object", 3, 3],
                    ["pgpool", "object", 2, 2],
                    ["postgres-exporter", "object", 1, 1],
                    ["database-roles", "object", 0, 1],
                    ["schema", "object", 0, 1],
                    ["partition-maintenance", "object", 0, 1],
                    ["reservation-cleanup", "object", 0, 1],
                    ["daily-report", "object", 0, 1],
                ],
            );
            assert.ok(!declared.charts.some(({ name }) => /cloudnative-pg|barman/.test(name)));
        });

        it("reach the instances' addresses and DNS, and nothing else", () => {
            assert.deepEqual(declared.stores["postgres-instances"], { kind: "outside", port: 5432, range });
            for (const group of own) {
                const reach = { apiServer: [], cloud: [], identity: [], kubelets: [], webhookCallers: [] };
                const { egress = [] } = networkPolicySpec(group, { declared, reach });
                const rules = egress as readonly { readonly to?: unknown; readonly ports?: unknown }[];
                assert.equal(rules.length, 2, group.name);
                assert.ok(JSON.stringify(rules[0]?.ports).includes(JSON.stringify(dns).slice(1, -1)), group.name);
                assert.deepEqual(
                    rules[1],
                    { to: [{ ipBlock: { cidr: range } }], ports: [{ port: 5432, protocol: "TCP" }] },
                    group.name,
                );
            }
        });

        it("are called by the stores' callers and by Prometheus only", () => {
            assert.deepEqual(
                own.map(({ callers }) => callers),
                [
                    [{ callersOf: "postgres-rw" }],
                    [{ callersOf: "postgres-ro" }],
                    [{ callersOf: "postgres-split" }],
                    [{ metrics: 9187 }],
                    ...[[], [], [], [], []],
                ],
            );
        });

        it("run the images of the layer without the operator's", () => {
            const images = declared.images.map(({ image }) => image);
            for (const image of [
                "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
                "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
                "docker.io/migrate/migrate:v4.19.1",
                "docker.io/pgpool/pgpool:4.4.3",
                "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
            ]) {
                assert.ok(images.includes(image), image);
            }
            assert.ok(!images.includes("ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0"));
        });
    });
}

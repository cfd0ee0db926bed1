import assert from "node:assert/strict";

import type { JsonObject } from "../../tools/plan";
import { kindObject } from "../components/database/kinds";
import { runbooks } from "../docs/runbook-commands";
import { checkRules, plannedGroups } from "./promtool";

/** Rules of each group by object, with the operator's PostgreSQL. */
const expected = {
    caches: { caches: 3 },
    kafka: { payments: 1 },
    postgres: {
        "postgres-reads": 8,
        "postgres-writes": 8,
        "postgres-pools": 3,
        "postgres-transactions": 2,
        "postgres-replication": 3,
        "postgres-partitions": 2,
    },
};

/** The shipped stacks, each on its clouds. */
const targets = [
    ...["dev", "staging", "prod"].flatMap((stack) =>
        ["gcp", "aws", "existing"].map((cloud) => [stack, cloud] as const),
    ),
    ["prod-dr", "gcp"],
    ["prod-dr", "aws"],
    ["local", "existing"],
] as const;

function sizes(groups: readonly JsonObject[]): Readonly<Record<string, number>> {
    return Object.fromEntries(
        groups.map(({ name, rules }) => [name as string, (rules as readonly JsonObject[]).length]),
    );
}

describe("promtool on the rules of every plan (OB-06)", () => {
    for (const [stack, cloud] of targets) {
        it(`accepts those of ${stack} on ${cloud}, each alert with a runbook`, async () => {
            const objects = await plannedGroups(stack, cloud);
            const { "postgres-replication": lag, ...others } = expected.postgres;
            const own = stack === "prod-dr" ? { ...expected, postgres: others } : expected;
            assert.deepEqual(
                Object.fromEntries(Object.entries(objects).map(([name, groups]) => [name, sizes(groups)])),
                own,
            );
            const groups = Object.values(objects).flat();
            const replica = stack === "prod-dr" ? lag : 0;
            assert.ok(
                checkRules(groups)
                    .trimEnd()
                    .endsWith(`SUCCESS: ${30 - replica} rules found`),
            );
            const alerts = groups
                .flatMap(({ rules }) => rules as readonly JsonObject[])
                .filter((rule) => rule["alert"] !== undefined);
            // A replica has no alert for its lag.
            assert.equal(alerts.length, stack === "prod-dr" ? 14 : 16);
            for (const { annotations } of alerts) {
                const { runbook } = annotations as { readonly runbook: string };
                const name = /^docs\/runbooks\/(.*)\.md$/.exec(runbook)?.[1] ?? "";
                assert.ok(runbooks.includes(name), runbook);
            }
        });
    }

    for (const [kind, cloud] of [
        ["cloud-sql", "gcp"],
        ["rds", "aws"],
    ] as const) {
        it(`accepts those of ${kind}, which has no figures of statements and of PgBouncer`, async () => {
            const { inputs } = await kindObject("PrometheusRule database-rules", cloud, kind);
            const { groups } = inputs["spec"] as { readonly groups: JsonObject[] };
            assert.deepEqual(sizes(groups), {
                "postgres-reads": 6,
                "postgres-writes": 6,
                "postgres-transactions": 2,
                "postgres-replication": 2,
                "postgres-partitions": 2,
            });
            assert.match(checkRules(groups), /SUCCESS: 18 rules found\s*$/);
            assert.doesNotMatch(JSON.stringify(groups), /cnpg_/);
        });
    }

    it("refuses an expression that is none", () => {
        const rules = [{ record: "a:b:c", expr: "sum(" }];
        assert.match(checkRules([{ name: "broken", rules }]), /^exit 1: .*parse error/s);
    });
});

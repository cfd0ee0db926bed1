import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import type { JsonObject } from "../../tools/plan";
import { toolPath } from "../../tools/toolchain/paths";
import { sharedPlan } from "../stacks/plans";

type Target = Parameters<typeof sharedPlan>;

/** The groups of every PrometheusRule of a plan, by the object's name. */
export async function plannedGroups(...target: Target): Promise<Readonly<Record<string, JsonObject[]>>> {
    const { resources } = await sharedPlan(...target);
    const rules = resources.filter(({ inputs }) => inputs["kind"] === "PrometheusRule");
    return Object.fromEntries(
        rules.map(({ inputs }) => {
            const { metadata, spec } = inputs as unknown as {
                readonly metadata: { readonly name: string };
                readonly spec: { readonly groups: JsonObject[] };
            };
            return [metadata.name, spec.groups];
        }),
    );
}

/** Values of a series at each minute: what promtool calls its expanding notation, such as `0+60x30`. */
export interface Series {
    readonly series: string;
    readonly values: string;
}

/** An alert that fires, with all its labels and annotations. */
export interface Firing {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
}

/** What promtool evaluates in one test. */
export interface UnitTest {
    readonly name: string;
    readonly input: readonly Series[];
    /** The alerts of a name that fire at a minute; none for an empty list. */
    readonly alerts?: readonly {
        readonly minute: number;
        readonly alert: string;
        readonly firing: readonly Firing[];
    }[];
    /** Samples of an expression at a minute. */
    readonly samples?: readonly {
        readonly minute: number;
        readonly expr: string;
        readonly values: readonly { readonly labels: string; readonly value: number }[];
    }[];
}

function run(groups: readonly JsonObject[], args: (folder: string) => string[], tests?: object): string {
    const folder = mkdtempSync(join(tmpdir(), "rules-"));
    try {
        writeFileSync(join(folder, "rules.yaml"), stringify({ groups }));
        writeFileSync(join(folder, "tests.yaml"), stringify(tests ?? {}));
        const { status, stdout, stderr } = spawnSync(toolPath("promtool"), args(folder), { encoding: "utf8" });
        return status === 0 ? stdout : `exit ${status}: ${stdout}${stderr}`;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** What `promtool check rules` says, with all lints as errors; begins with `exit` when it refuses. */
export function checkRules(groups: readonly JsonObject[]): string {
    return run(groups, (folder) => ["check", "rules", "--lint=all", "--lint-fatal", join(folder, "rules.yaml")]);
}

/** What `promtool test rules` says; begins with `exit` when a test fails. */
export function testRules(groups: readonly JsonObject[], tests: readonly UnitTest[]): string {
    const files = {
        rule_files: ["rules.yaml"],
        evaluation_interval: "1m",
        tests: tests.map(({ name, input, alerts = [], samples = [] }) => ({
            name,
            interval: "1m",
            input_series: input,
            alert_rule_test: alerts.map(({ minute, alert, firing }) => ({
                eval_time: `${minute}m`,
                alertname: alert,
                exp_alerts: firing.map(({ labels, annotations }) => ({
                    exp_labels: labels,
                    exp_annotations: annotations,
                })),
            })),
            promql_expr_test: samples.map(({ minute, expr, values }) => ({
                eval_time: `${minute}m`,
                expr,
                exp_samples: values,
            })),
        })),
    };
    return run(groups, (folder) => ["test", "rules", join(folder, "tests.yaml")], files);
}

/**
 * Tests of one alert: silent where the figure is just below its limit, and just above it firing after its time, not before.
 *
 * @param minutes the alert's `for`, in minutes
 * @param of whether the alert is on a rate or on the values themselves
 */
export function alertTests(
    alert: string,
    minutes: number,
    firing: Firing,
    above: readonly Series[],
    below: readonly Series[],
    of: "counter" | "gauge" = "counter",
): UnitTest[] {
    // The first rate exists at the second sample.
    const first = of === "counter" ? minutes + 1 : minutes;
    return [
        {
            name: `${alert} just above`,
            input: above,
            alerts: [
                { minute: first - 1, alert, firing: [] },
                { minute: first, alert, firing: [firing] },
                { minute: 60, alert, firing: [firing] },
            ],
        },
        { name: `${alert} just below`, input: below, alerts: [{ minute: 60, alert, firing: [] }] },
    ];
}

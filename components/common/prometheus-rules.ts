import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { PrometheusRule } from "../../custom-resources/types/monitoring.coreos.com/PrometheusRule";
import { labels } from "./labels";

/** An expression whose value is stored under a name, `level:metric:operations` (https://prometheus.io/docs/practices/rules/). */
export interface RecordingRule {
    readonly record: string;
    readonly expr: string;
    readonly labels?: Readonly<Record<string, string>>;
}

/** A condition that has to hold for a time before the alert fires. */
export interface AlertingRule {
    readonly alert: string;
    readonly expr: string;
    /** Prometheus' duration, such as `10m`. */
    readonly for: string;
    readonly severity: "critical" | "warning";
    /** One sentence for the notification's title. */
    readonly summary: string;
    /** Name of the file in docs/runbooks, without its extension. */
    readonly runbook: string;
    readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that Prometheus evaluates together, one after the other: an alert may use a record before it. */
export interface RuleGroup {
    readonly name: string;
    readonly rules: readonly (RecordingRule | AlertingRule)[];
}

/** Arguments of {@link PrometheusRules}. */
export interface PrometheusRulesArgs {
    /** The layer that the rules are about: the value of the recommended label `component`, and of the alerts' label. */
    readonly component: string;
    /** Name of the PrometheusRule. */
    readonly ruleName: string;
    readonly namespace: pulumi.Input<string>;
    readonly groups: readonly RuleGroup[];
    /** What serves PrometheusRule. */
    readonly needs: readonly pulumi.Resource[];
}

type Rule = NonNullable<NonNullable<NonNullable<PrometheusRule["spec"]["groups"]>[number]["rules"]>[number]>;

function ruleOf(rule: RecordingRule | AlertingRule, component: string): Rule {
    if ("record" in rule) {
        const { record, expr, labels: own } = rule;
        return { record, expr, ...(own === undefined ? {} : { labels: { ...own } }) };
    }
    return {
        alert: rule.alert,
        expr: rule.expr,
        for: rule.for,
        labels: { ...rule.labels, severity: rule.severity, component },
        annotations: { summary: rule.summary, runbook: `docs/runbooks/${rule.runbook}.md` },
    };
}

/** A layer's recording and alerting rules (OB-06). */
export class PrometheusRules extends pulumi.ComponentResource {
    constructor(name: string, args: PrometheusRulesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:PrometheusRules", name, {}, opts);
        const { component, ruleName, namespace, groups, needs } = args;
        new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PrometheusRule",
                metadata: { name: ruleName, namespace, labels: labels(ruleName, component) },
                spec: {
                    groups: groups.map((group) => ({
                        name: group.name,
                        rules: group.rules.map((rule) => ruleOf(rule, component)),
                    })),
                },
            } satisfies Inputs<PrometheusRule>,
            { parent: this, dependsOn: [...needs] },
        );
        this.registerOutputs({});
    }
}

import * as bases from "./bases";
import type { Fixture } from "./fixture";

/** Workloads, disruption budgets and autoscalers that the API server's validation refuses. */
export const workloadFixtures: readonly Fixture[] = [
    {
        title: "a Deployment whose selector does not match its pods",
        base: bases.deployment,
        set: { "spec.selector.matchLabels.app": "other" },
        message: /`selector` does not match template `labels`/,
    },
    {
        title: "a Deployment with an empty selector",
        base: bases.deployment,
        set: { "spec.selector": {} },
        message: /empty selector is invalid for deployment/,
    },
    {
        title: "a negative number of replicas",
        base: bases.deployment,
        set: { "spec.replicas": -1 },
        message: /spec\.replicas: .*must be greater than or equal to 0/,
    },
    {
        title: "a changed selector of a Deployment",
        base: bases.deployment,
        live: true,
        set: { "spec.selector.matchLabels.app": "other", "spec.template.metadata.labels.app": "other" },
        message: /spec\.selector: .*field is immutable/,
    },
    {
        title: "a changed serviceName of a StatefulSet",
        base: bases.statefulSet,
        live: true,
        set: { "spec.serviceName": "other" },
        message: /updates to statefulset spec for fields other than/,
    },
    {
        title: "a disruption budget with minAvailable and maxUnavailable",
        base: bases.budget,
        set: { "spec.minAvailable": 1 },
        message: /minAvailable and maxUnavailable cannot be both set/,
    },
    {
        title: "a disruption budget above 100 %",
        base: bases.budget,
        set: { "spec.maxUnavailable": "120%" },
        message: /must not be greater than 100%/,
    },
    {
        title: "an autoscaler with a minimum above its maximum",
        base: bases.autoscaler,
        set: { "spec.minReplicas": 5 },
        message: /must be greater than or equal to `minReplicas`/,
    },
    {
        title: "an autoscaler with a policy period of an hour",
        base: bases.autoscaler,
        set: { "spec.behavior.scaleUp.policies[0].periodSeconds": 3600 },
        message: /must be less than or equal to 1800/,
    },
    {
        title: "an autoscaler with a maximum of 0 replicas",
        base: bases.autoscaler,
        set: { "spec.maxReplicas": 0, "spec.minReplicas": undefined },
        message: /spec\.maxReplicas: Required value: must be set and greater than 0/,
    },
    {
        title: "a cron expression with four fields",
        base: bases.cronJob,
        set: { "spec.schedule": "0 2 * *" },
        message: /expected exactly 5 fields/,
    },
    {
        title: "a cron expression with seconds",
        base: bases.cronJob,
        set: { "spec.schedule": "0 0 2 * * *" },
        message: /expected exactly 5 fields/,
    },
    {
        title: "an unknown time zone",
        base: bases.cronJob,
        set: { "spec.timeZone": "Mars/Olympus" },
        message: /unknown time zone Mars\/Olympus/,
    },
    {
        title: "a CronJob with restartPolicy Always",
        base: bases.cronJob,
        set: { "spec.jobTemplate.spec.template.spec.restartPolicy": "Always" },
        message: /restartPolicy: Required value: valid values: "OnFailure", "Never"/,
    },
];

import * as bases from "./bases";
import type { Fixture } from "./fixture";

/** Workloads, budgets and autoscalers that the API server's own validation refuses. */
export const workloadFixtures: readonly Fixture[] = [
    {
        title: "a Deployment whose selector is not its pods'",
        base: bases.deployment,
        set: { "spec.selector.matchLabels.app": "other" },
        because: /`selector` does not match template `labels`/,
    },
    {
        title: "a Deployment that selects everything",
        base: bases.deployment,
        set: { "spec.selector": {} },
        because: /empty selector is invalid for deployment/,
    },
    {
        title: "fewer than no replicas",
        base: bases.deployment,
        set: { "spec.replicas": -1 },
        because: /spec\.replicas: .*must be greater than or equal to 0/,
    },
    {
        title: "a new selector for a Deployment",
        base: bases.deployment,
        live: true,
        set: { "spec.selector.matchLabels.app": "other", "spec.template.metadata.labels.app": "other" },
        because: /spec\.selector: .*field is immutable/,
    },
    {
        title: "another Service for a StatefulSet",
        base: bases.statefulSet,
        live: true,
        set: { "spec.serviceName": "other" },
        because: /updates to statefulset spec for fields other than/,
    },
    {
        title: "a budget with both fields",
        base: bases.budget,
        set: { "spec.minAvailable": 1 },
        because: /minAvailable and maxUnavailable cannot be both set/,
    },
    {
        title: "a budget of a percentage over 100",
        base: bases.budget,
        set: { "spec.maxUnavailable": "120%" },
        because: /must not be greater than 100%/,
    },
    {
        title: "an autoscaler with its least over its most",
        base: bases.autoscaler,
        set: { "spec.minReplicas": 5 },
        because: /must be greater than or equal to `minReplicas`/,
    },
    {
        title: "an autoscaler that looks back an hour",
        base: bases.autoscaler,
        set: { "spec.behavior.scaleUp.policies[0].periodSeconds": 3600 },
        because: /must be less than or equal to 1800/,
    },
    {
        title: "an autoscaler without replicas",
        base: bases.autoscaler,
        set: { "spec.maxReplicas": 0, "spec.minReplicas": undefined },
        because: /spec\.maxReplicas: Required value: must be set and greater than 0/,
    },
    {
        title: "a cron expression of four fields",
        base: bases.cronJob,
        set: { "spec.schedule": "0 2 * *" },
        because: /expected exactly 5 fields/,
    },
    {
        title: "a cron expression with seconds",
        base: bases.cronJob,
        set: { "spec.schedule": "0 0 2 * * *" },
        because: /expected exactly 5 fields/,
    },
    {
        title: "a time zone that is none",
        base: bases.cronJob,
        set: { "spec.timeZone": "Mars/Olympus" },
        because: /unknown time zone Mars\/Olympus/,
    },
    {
        title: "a job that restarts for ever",
        base: bases.cronJob,
        set: { "spec.jobTemplate.spec.template.spec.restartPolicy": "Always" },
        because: /restartPolicy: Required value: valid values: "OnFailure", "Never"/,
    },
];

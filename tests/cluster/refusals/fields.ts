import * as bases from "./bases";
import type { Fixture } from "./fixture";

/** Fields that the API server does not know, or cannot read. */
export const fieldFixtures: readonly Fixture[] = [
    {
        title: "an unknown field",
        base: bases.deployment,
        set: { "spec.replicaz": 3 },
        because: /\.spec\.replicaz: field not declared in schema/,
    },
    {
        title: "an unknown field deep inside",
        base: bases.deployment,
        set: { "spec.template.spec.containers[0].securityContext.readOnlyRootFileSystem": true },
        because: /readOnlyRootFileSystem: field not declared in schema/,
    },
    {
        title: "text for a number",
        base: bases.deployment,
        set: { "spec.replicas": "three" },
        because: /expected numeric|cannot unmarshal|json: cannot|strconv/,
    },
    { title: "a number for text", base: bases.configMap, set: { "data.key": 5 }, because: /expected string/ },
    { title: "an object for a list", base: bases.pod(), set: { "spec.containers": {} }, because: /expected list/ },
    {
        title: "a kind that was dropped: policy/v1beta1",
        base: bases.budget,
        set: { apiVersion: "policy/v1beta1" },
        because: /no matches for kind "PodDisruptionBudget" in version "policy\/v1beta1"/,
    },
    {
        title: "a kind that was dropped: autoscaling/v2beta2",
        base: bases.autoscaler,
        set: { apiVersion: "autoscaling/v2beta2" },
        because: /no matches for kind "HorizontalPodAutoscaler"/,
    },
    {
        title: "a kind that was dropped: batch/v1beta1",
        base: bases.cronJob,
        set: { apiVersion: "batch/v1beta1" },
        because: /no matches for kind "CronJob"/,
    },
];

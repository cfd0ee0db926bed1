import * as bases from "./bases";
import type { Fixture } from "./fixture";

/** Unknown fields, values of a wrong type and removed API versions. */
export const fieldFixtures: readonly Fixture[] = [
    {
        title: "an unknown field",
        base: bases.deployment,
        set: { "spec.replicaz": 3 },
        message: /\.spec\.replicaz: field not declared in schema/,
    },
    {
        title: "an unknown nested field",
        base: bases.deployment,
        set: { "spec.template.spec.containers[0].securityContext.readOnlyRootFileSystem": true },
        message: /readOnlyRootFileSystem: field not declared in schema/,
    },
    {
        title: "a string for a number",
        base: bases.deployment,
        set: { "spec.replicas": "three" },
        message: /expected numeric|cannot unmarshal|json: cannot|strconv/,
    },
    { title: "a number for a string", base: bases.configMap, set: { "data.key": 5 }, message: /expected string/ },
    { title: "an object for a list", base: bases.pod(), set: { "spec.containers": {} }, message: /expected list/ },
    {
        title: "a removed API version: policy/v1beta1",
        base: bases.budget,
        set: { apiVersion: "policy/v1beta1" },
        message: /no matches for kind "PodDisruptionBudget" in version "policy\/v1beta1"/,
    },
    {
        title: "a removed API version: autoscaling/v2beta2",
        base: bases.autoscaler,
        set: { apiVersion: "autoscaling/v2beta2" },
        message: /no matches for kind "HorizontalPodAutoscaler"/,
    },
    {
        title: "a removed API version: batch/v1beta1",
        base: bases.cronJob,
        set: { apiVersion: "batch/v1beta1" },
        message: /no matches for kind "CronJob"/,
    },
];

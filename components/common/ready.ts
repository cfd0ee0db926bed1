/**
 * Annotations that make Pulumi wait until a custom resource has the condition `Ready`; without them it is done when the API
 * server has stored the object. Dependents start after it, such as services after their databases.
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/CHANGELOG.md (4.18.0)
 */
export const untilReady = { "pulumi.com/waitFor": "condition=Ready" } as const;

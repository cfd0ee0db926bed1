import * as pulumi from "@pulumi/pulumi";

/**
 * The value, not before the resources are made: whoever uses it depends on them too. For what exists but cannot be used
 * yet, such as an account without its grants.
 */
export function after<T>(value: pulumi.Input<T>, made: readonly pulumi.CustomResource[]): pulumi.Output<T> {
    const ids = pulumi.all(made.map((resource) => resource.id));
    return pulumi.all([pulumi.output(value), ids]).apply(([own]) => own) as pulumi.Output<T>;
}

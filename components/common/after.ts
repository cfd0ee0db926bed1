import * as pulumi from "@pulumi/pulumi";

/**
 * The value, resolved after the resources are created; its users depend on them too. For resources that exist but cannot
 * be used yet, such as an account without its grants.
 */
export function after<T>(value: pulumi.Input<T>, dependencies: readonly pulumi.CustomResource[]): pulumi.Output<T> {
    const ids = pulumi.all(dependencies.map((resource) => resource.id));
    return pulumi.all([pulumi.output(value), ids]).apply(([own]) => own) as pulumi.Output<T>;
}

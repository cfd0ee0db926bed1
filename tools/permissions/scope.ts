import { textAt } from "../plan/json";
import type { Plan } from "../plan/plan";
import type { AwsScope } from "./types";

/** What the AWS policies of a plan are restricted to. */
export function awsScope({ stack, tier, resources }: Pick<Plan, "resources" | "stack" | "tier">): AwsScope {
    const inputsOf = (type: string) => resources.filter((one) => one.type === type).map(({ inputs }) => inputs);
    const texts = (type: string, input: string) => [
        ...new Set(inputsOf(type).flatMap((inputs) => textAt(inputs, input) ?? [])),
    ];
    const providers = inputsOf("pulumi:providers:aws");
    // The SDK serialises list inputs of providers as JSON.
    const [account] = JSON.parse(textAt(providers[0], "allowedAccountIds") ?? "[]") as readonly string[];
    return {
        stack,
        account: account ?? "",
        regions: texts("pulumi:providers:aws", "region").sort(),
        // The same for every role: tests/stacks/account/aws-roles.spec.ts.
        boundary: texts("aws:iam/role:Role", "permissionsBoundary")[0],
        managedPolicies: texts("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn").sort(),
        emptiedBuckets: inputsOf("aws:s3/bucket:Bucket")
            .filter((inputs) => inputs["forceDestroy"] === true)
            .flatMap((inputs) => textAt(inputs, "bucket") ?? [])
            .sort(),
        // Prod's objects stay locked when its data goes with the stack: only the break-glass role deletes them (D1).
        bypassesRetention: tier !== "prod",
    };
}

import { s3Name } from "../../components/common/bucket-names";
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
    const own = new RegExp(`^${s3Name(account ?? "", "[^/]+", stack, "backup")}$`);
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
        readBuckets: inputsOf("kubernetes:barmancloud.cnpg.io/v1:ObjectStore")
            .flatMap((inputs) => textAt(inputs, "spec", "configuration", "destinationPath") ?? [])
            // The stack's own bucket is unknown before the update.
            .flatMap((path) => /^s3:\/\/([^/]+)/.exec(path)?.[1] ?? [])
            .filter((bucket) => !own.test(bucket)),
        // Prod's objects stay locked when its data goes with the stack: only the break-glass role deletes them (D1).
        bypassesRetention: tier !== "prod",
        ...(inputsOf("aws:rds/instance:Instance").length === 0 ? {} : { rds: true }),
    };
}

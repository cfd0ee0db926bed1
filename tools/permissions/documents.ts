import { eksAdminRoleName, eksName } from "../../components/cluster/naming";
import { iamPath } from "../../components/common/aws/roles";
import type { PlannedResource } from "../plan/record/types";
import { awsEmptying, awsPermissions } from "./aws";
import { boundaryPolicy } from "./boundary";
import { s3Pattern } from "./buckets";
import { gcpEmptying, gcpPermissions } from "./gcp";
import { iamStatements } from "./iam";
import { elastiCacheStatements } from "./managed-caches";
import { openSearchStatements } from "./managed-search";
import { allow, type AwsScope, type PolicyDocument, type Statement, type Table } from "./types";

type Resource = Pick<PlannedResource, "type" | "inputs">;

/** Permissions for all resources of a plan, sorted. Throws on a resource type that is not in the table. */
export function permissionsOf(cloud: "gcp" | "aws", resources: readonly Resource[]): string[] {
    const table: Table = cloud === "gcp" ? gcpPermissions : awsPermissions;
    const types = new Set(
        resources.map(({ type }) => type).filter((type) => type.startsWith(`${cloud}:`) || type in table),
    );
    const found = [...types].flatMap((type) => {
        const permissions = table[type];
        if (permissions === undefined) {
            throw new Error(`tools/permissions/${cloud}.ts has no permissions for ${type}; add them`);
        }
        return permissions;
    });
    // S3's are restricted to the buckets that are emptied: see below.
    const emptying =
        cloud === "gcp" && resources.some(({ inputs }) => inputs["forceDestroy"] === true) ? gcpEmptying : [];
    return [...new Set([...found, ...emptying])].sort();
}

function s3Statements(
    actions: readonly string[],
    { stack, account, emptiedBuckets, bypassesRetention }: AwsScope,
): Statement[] {
    // Only the stack's buckets, by name: the pattern covers both regions.
    const buckets = s3Pattern(stack, account);
    const emptied = emptiedBuckets.map((bucket) => `arn:aws:s3:::${bucket}`);
    const objects = emptied.map((bucket) => `${bucket}/*`);
    return [
        ...allow(actions, [buckets, `${buckets}/*`]),
        ...(emptied.length === 0 ? [] : allow([awsEmptying.bucket], emptied)),
        ...(emptied.length === 0
            ? []
            : allow([...awsEmptying.objects, ...(bypassesRetention ? awsEmptying.locked : [])], objects)),
    ];
}

/** EKS: this stack's cluster only, so that a deployer cannot give itself access to another cluster of the account. */
function eksStatements(actions: readonly string[], { stack, account, regions }: AwsScope): Statement[] {
    const inRegions = { StringEquals: { "aws:RequestedRegion": regions } };
    // These actions have no resource-level permissions.
    const general = ["eks:CreateCluster", "eks:DescribeAddonVersions"];
    const eks = `arn:aws:eks:*:${account}`;
    const parts = ["access-entry", "addon", "nodegroup", "podidentityassociation"];
    return [
        ...allow(
            actions.filter((action) => general.includes(action)),
            "*",
            inRegions,
        ),
        ...allow(
            actions.filter((action) => !general.includes(action)),
            [`${eks}:cluster/${eksName(stack)}`, ...parts.map((part) => `${eks}:${part}/${eksName(stack)}/*`)],
            inRegions,
        ),
    ];
}

function statements(service: string, actions: readonly string[], scope: AwsScope): Statement[] {
    const { stack, account, regions } = scope;
    const only = (name: string): string[] => actions.filter((action) => action === name);
    switch (service) {
        case "s3":
            return s3Statements(actions, scope);
        case "sts":
            return [
                ...allow(
                    only("sts:AssumeRole"),
                    `arn:aws:iam::${account}:role${iamPath(stack)}${eksAdminRoleName(stack)}`,
                ),
                ...allow(only("sts:GetCallerIdentity"), "*"),
            ];
        case "iam":
            return iamStatements(actions, scope);
        case "eks":
            return eksStatements(actions, scope);
        case "elasticache":
            return elastiCacheStatements(actions, scope);
        case "es":
            return openSearchStatements(actions, scope);
        case "route53":
            // A global service: its requests have the region us-east-1.
            return allow(actions, "arn:aws:route53:::hostedzone/*");
        default:
            return allow(actions, "*", { StringEquals: { "aws:RequestedRegion": regions } });
    }
}

/** Services by policy: IAM allows 6,144 characters per policy and ten policies per role. */
const policyServices: Readonly<Record<string, readonly string[]>> = {
    network: ["ec2", "route53"],
    cluster: ["eks", "iam", "sts", "sqs", "events"],
    records: ["s3", "kms", "logs", "cloudtrail", "guardduty", "rds"],
    caches: ["elasticache"],
    search: ["es"],
};

/**
 * IAM policies by name: those of the deployer of a stack on AWS, and the permissions boundary of the stack's roles if they
 * have one. Throws on a service that is in none of them.
 */
export function awsPolicies(permissions: readonly string[], scope: AwsScope): Record<string, PolicyDocument> {
    const of = (service: string) => permissions.filter((one) => one.startsWith(`${service}:`));
    const known = new Set(Object.values(policyServices).flat());
    const unknown = permissions.filter((one) => !known.has(one.split(":")[0] ?? ""));
    if (unknown.length > 0) {
        throw new Error(`tools/permissions/documents.ts has no policy for ${unknown.join(", ")}; add the service`);
    }
    const deployer = Object.entries(policyServices).flatMap(([name, services]): [string, PolicyDocument][] => {
        const Statement = services.flatMap((one) => statements(one, of(one), scope));
        // IAM refuses a policy without a statement: one of services that the stack does not use.
        return Statement.length === 0
            ? []
            : [[`ecommerce-${scope.stack}-deploy-${name}`, { Version: "2012-10-17", Statement }]];
    });
    const boundary = scope.boundary?.split("/").pop();
    return Object.fromEntries(boundary === undefined ? deployer : [...deployer, [boundary, boundaryPolicy(scope)]]);
}

/** A custom role for `gcloud iam roles create --file`. */
export function gcpRole(permissions: readonly string[], stack: string): object {
    return {
        title: `Deploys the stack ${stack}`,
        description: "Exactly the permissions that its plan's resources need; grant roles/container.admin too",
        stage: "GA",
        includedPermissions: permissions,
    };
}

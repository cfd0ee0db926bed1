import { s3Name } from "../../components/common/bucket-names";
import { eksAdminRoleName } from "../../components/cluster/naming";
import type { PlannedResource } from "../plan/record/types";
import { awsPermissions } from "./aws";
import { gcpPermissions } from "./gcp";
import type { Table } from "./types";

/** Account and regions that the AWS policies are restricted to. */
export interface AwsScope {
    readonly stack: string;
    readonly account: string;
    /** The stack's region, and the region of its copies. */
    readonly regions: readonly string[];
}

/** Permissions for all resources of a plan, sorted. Throws on a resource type that is not in the table. */
export function permissionsOf(cloud: "gcp" | "aws", resources: readonly Pick<PlannedResource, "type">[]): string[] {
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
    return [...new Set(found)].sort();
}

interface Statement {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: object;
}

export interface PolicyDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly Statement[];
}

/** Services that roles may be passed to, and services that create their service-linked role at first use. */
const passedTo = ["eks", "ec2", "pods.eks", "vpc-flow-logs", "s3"].map((service) => `${service}.amazonaws.com`);
const linked = ["eks", "eks-nodegroup", "spot", "guardduty"].map((service) => `${service}.amazonaws.com`);

function statement(service: string, actions: readonly string[], { stack, account, regions }: AwsScope): Statement[] {
    const allow = (Action: readonly string[], Resource: Statement["Resource"], Condition?: object): Statement[] =>
        Action.length === 0
            ? []
            : [{ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) }];
    const only = (name: string): string[] => actions.filter((action) => action === name);
    if (service === "s3") {
        // Only the stack's buckets, by name: the pattern covers both regions.
        const buckets = `arn:aws:s3:::${s3Name(account, "*", stack, "backup").replace("backup", "*")}`;
        return allow(actions, [buckets, `${buckets}/*`]);
    }
    if (service === "sts") {
        return [
            ...allow(only("sts:AssumeRole"), `arn:aws:iam::${account}:role/${eksAdminRoleName(stack)}`),
            ...allow(only("sts:GetCallerIdentity"), "*"),
        ];
    }
    if (service === "iam") {
        const special = ["iam:PassRole", "iam:CreateServiceLinkedRole"];
        const inAccount = [`arn:aws:iam::${account}:role/*`, `arn:aws:iam::${account}:instance-profile/*`];
        return [
            ...allow(
                actions.filter((action) => !special.includes(action)),
                inAccount,
            ),
            ...allow(only("iam:PassRole"), `arn:aws:iam::${account}:role/*`, {
                StringEquals: { "iam:PassedToService": passedTo },
            }),
            ...allow(only("iam:CreateServiceLinkedRole"), `arn:aws:iam::${account}:role/aws-service-role/*`, {
                StringEquals: { "iam:AWSServiceName": linked },
            }),
        ];
    }
    return allow(actions, "*", { StringEquals: { "aws:RequestedRegion": regions } });
}

/** Services by policy: IAM allows 6,144 characters per policy and ten policies per role. */
const policyServices: Readonly<Record<string, readonly string[]>> = {
    network: ["ec2"],
    cluster: ["eks", "iam", "sts", "sqs", "events"],
    records: ["s3", "kms", "logs", "cloudtrail", "guardduty"],
};

/** IAM policies for the deployer of a stack on AWS, by name. Throws on a service that is in none of them. */
export function awsPolicies(permissions: readonly string[], scope: AwsScope): Record<string, PolicyDocument> {
    const of = (service: string) => permissions.filter((one) => one.startsWith(`${service}:`));
    const known = new Set(Object.values(policyServices).flat());
    const unknown = permissions.filter((one) => !known.has(one.split(":")[0] ?? ""));
    if (unknown.length > 0) {
        throw new Error(`tools/permissions/documents.ts has no policy for ${unknown.join(", ")}; add the service`);
    }
    return Object.fromEntries(
        Object.entries(policyServices).map(([name, services]) => [
            `ecommerce-${scope.stack}-deploy-${name}`,
            { Version: "2012-10-17", Statement: services.flatMap((one) => statement(one, of(one), scope)) },
        ]),
    );
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

import { s3Name } from "../../components/common/bucket-names";
import { eksAdminRoleName } from "../../components/cluster/naming";
import type { PlannedResource } from "../plan/record/types";
import { awsPermissions } from "./aws";
import { gcpPermissions } from "./gcp";
import type { Table } from "./types";

/** Where a stack lives. */
export interface Place {
    readonly stack: string;
    readonly account: string;
    /** The stack's own region, and the one that it keeps copies in. */
    readonly regions: readonly string[];
}

/** Every permission that the resources of a plan need, sorted. A type that no table knows is an error, never a guess. */
export function permissionsOf(cloud: "gcp" | "aws", resources: readonly Pick<PlannedResource, "type">[]): string[] {
    const table: Table = cloud === "gcp" ? gcpPermissions : awsPermissions;
    const types = new Set(
        resources.map(({ type }) => type).filter((type) => type.startsWith(`${cloud}:`) || type in table),
    );
    const found = [...types].flatMap((type) => {
        const permissions = table[type];
        if (permissions === undefined) {
            throw new Error(`tools/permissions/${cloud}.ts does not know what ${type} needs; add it`);
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

/** Services that a role may be handed to, and services that make a role of their own at first use. */
const passedTo = ["eks", "ec2", "pods.eks", "vpc-flow-logs", "s3"].map((service) => `${service}.amazonaws.com`);
const linked = ["eks", "eks-nodegroup", "spot", "guardduty"].map((service) => `${service}.amazonaws.com`);

function statement(service: string, actions: readonly string[], { stack, account, regions }: Place): Statement[] {
    const allow = (Action: readonly string[], Resource: Statement["Resource"], Condition?: object): Statement[] =>
        Action.length === 0
            ? []
            : [{ Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) }];
    const only = (name: string): string[] => actions.filter((action) => action === name);
    if (service === "s3") {
        // By name, which begins alike in both regions and ends with the account: no other bucket is touched.
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
            // Roles are handed to these services and to nobody else.
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

/** How the services share out over policies: IAM takes 6,144 characters a policy, and ten policies a role. */
const shares: Readonly<Record<string, readonly string[]>> = {
    network: ["ec2"],
    cluster: ["eks", "iam", "sts", "sqs", "events"],
    records: ["s3", "kms", "logs", "cloudtrail", "guardduty"],
};

/** Policies for whoever deploys a stack on AWS, by name. */
export function awsPolicies(permissions: readonly string[], place: Place): Record<string, PolicyDocument> {
    const of = (service: string) => permissions.filter((one) => one.startsWith(`${service}:`));
    const known = new Set(Object.values(shares).flat());
    const unknown = permissions.filter((one) => !known.has(one.split(":")[0] ?? ""));
    if (unknown.length > 0) {
        throw new Error(`tools/permissions/documents.ts puts ${unknown.join(", ")} into no policy; add the service`);
    }
    return Object.fromEntries(
        Object.entries(shares).map(([name, services]) => [
            `ecommerce-${place.stack}-deploy-${name}`,
            { Version: "2012-10-17", Statement: services.flatMap((one) => statement(one, of(one), place)) },
        ]),
    );
}

/** A role as `gcloud iam roles create --file` takes it. */
export function gcpRole(permissions: readonly string[], stack: string): object {
    return {
        title: `Deploys the stack ${stack}`,
        description: "What the resources of its plan need, and nothing else; beside it roles/container.admin",
        stage: "GA",
        includedPermissions: permissions,
    };
}

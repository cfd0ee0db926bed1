import { iamPath } from "../../components/common/aws/roles";
import { allow, type AwsScope, type Statement } from "./types";

/** Services that roles may be passed to, and services that create their service-linked role at first use. */
const passedTo = ["eks", "ec2", "pods.eks", "vpc-flow-logs", "s3"].map((service) => `${service}.amazonaws.com`);
const linked = ["eks", "eks-nodegroup", "spot", "guardduty"].map((service) => `${service}.amazonaws.com`);

/** The same for RDS: its Enhanced Monitoring gets a role. */
const withRds = { passedTo: ["monitoring.rds.amazonaws.com"], linked: ["rds.amazonaws.com"] };

/** Actions that give a role its permissions. */
const granting = ["iam:CreateRole", "iam:PutRolePolicy"];

/**
 * The deployer's IAM permissions: roles and instance profiles of the stack's path only. With a boundary, the deployer can
 * create a role, or add a policy to it, only if that role has the boundary. Neither the boundary nor its policy can be
 * changed: no permission on policies, nor to remove a role's boundary (D10).
 */
export function iamStatements(
    actions: readonly string[],
    { stack, account, boundary, managedPolicies, rds = false }: AwsScope,
): Statement[] {
    const only = (...names: readonly string[]): string[] => actions.filter((action) => names.includes(action));
    const iam = `arn:aws:iam::${account}`;
    const roles = `${iam}:role${iamPath(stack)}*`;
    const serviceLinked = `${iam}:role/aws-service-role/*`;
    const bounded = boundary === undefined ? undefined : { StringEquals: { "iam:PermissionsBoundary": boundary } };
    const special = [...granting, "iam:AttachRolePolicy", "iam:PassRole", "iam:CreateServiceLinkedRole"];
    const grants = boundary === undefined ? granting : [...granting, "iam:PutRolePermissionsBoundary"];
    return [
        ...allow(
            actions.filter((action) => !special.includes(action)),
            [roles, `${iam}:instance-profile${iamPath(stack)}*`],
        ),
        ...(only("iam:CreateRole").length === 0 ? [] : allow(grants, roles, bounded)),
        // Only the managed policies of the plan: AdministratorAccess is not among them.
        ...allow(only("iam:AttachRolePolicy"), roles, {
            ArnEquals: { "iam:PolicyARN": managedPolicies },
            ...bounded,
        }),
        ...allow(only("iam:PassRole"), roles, {
            StringEquals: { "iam:PassedToService": [...passedTo, ...(rds ? withRds.passedTo : [])] },
        }),
        ...allow(only("iam:CreateServiceLinkedRole"), serviceLinked, {
            StringEquals: { "iam:AWSServiceName": [...linked, ...(rds ? withRds.linked : [])] },
        }),
        // EKS checks that the role of node groups exists before it asks for its creation.
        ...allow(only("iam:GetRole"), serviceLinked),
    ];
}

import assert from "node:assert/strict";

import { awsPolicies, permissionsOf } from "../../../tools/permissions/documents";
import { awsScope } from "../../../tools/permissions/scope";
import type { PolicyDocument } from "../../../tools/permissions/types";
import { planStack } from "../../../tools/plan";

const plan = (cloud: "gcp" | "aws", kind: string) =>
    planStack({ stack: "prod", cloud, config: { database: JSON.stringify({ kind }) }, checkPolicies: false });

function statementOf({ Statement }: PolicyDocument, action: string) {
    const found = Statement.filter(({ Action }) => Action.includes(action));
    assert.equal(found.length, 1, action);
    return found[0]!;
}

describe("permissions of a deployer with a managed database (DB-18, D10)", () => {
    it("are those of Cloud SQL on GCP, without access to data", async () => {
        const { resources } = await plan("gcp", "cloud-sql");
        const own = permissionsOf("gcp", resources).filter((one) => one.startsWith("cloudsql."));
        assert.deepEqual(own, [
            "cloudsql.instances.create",
            "cloudsql.instances.delete",
            "cloudsql.instances.get",
            "cloudsql.instances.list",
            "cloudsql.instances.update",
            "cloudsql.users.list",
            "cloudsql.users.update",
        ]);
    });

    it("are those of RDS on AWS, with its role and within the stack's regions", async () => {
        const found = await plan("aws", "rds");
        const scope = awsScope(found);
        const policies = awsPolicies(permissionsOf("aws", found.resources), scope);
        const records = policies["ecommerce-prod-deploy-records"];
        const cluster = policies["ecommerce-prod-deploy-cluster"];
        assert.ok(records && cluster);
        const rds = statementOf(records, "rds:CreateDBInstance");
        assert.deepEqual(rds, {
            Effect: "Allow",
            Action: [
                ...["rds:AddTagsToResource", "rds:CreateDBInstance", "rds:CreateDBInstanceReadReplica"],
                ...["rds:CreateDBParameterGroup", "rds:CreateDBSnapshot", "rds:CreateDBSubnetGroup"],
                ...["rds:DeleteDBInstance", "rds:DeleteDBParameterGroup", "rds:DeleteDBSubnetGroup"],
                "rds:DescribeDBInstanceAutomatedBackups",
                ...["rds:DescribeDBInstances", "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"],
                ...["rds:DescribeDBSubnetGroups", "rds:ListTagsForResource", "rds:ModifyDBInstance"],
                ...["rds:ModifyDBParameterGroup", "rds:ModifyDBSubnetGroup", "rds:RebootDBInstance"],
                ...["rds:RemoveTagsFromResource", "rds:ResetDBParameterGroup"],
                "rds:StartDBInstanceAutomatedBackupsReplication",
                "rds:StopDBInstanceAutomatedBackupsReplication",
            ],
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] } },
        });
        assert.deepEqual(statementOf(cluster, "iam:PassRole").Condition, {
            StringEquals: {
                "iam:PassedToService": [
                    ...["eks.amazonaws.com", "ec2.amazonaws.com", "pods.eks.amazonaws.com"],
                    ...["vpc-flow-logs.amazonaws.com", "s3.amazonaws.com", "monitoring.rds.amazonaws.com"],
                ],
            },
        });
        assert.deepEqual(statementOf(cluster, "iam:CreateServiceLinkedRole").Condition, {
            StringEquals: {
                "iam:AWSServiceName": [
                    ...["eks.amazonaws.com", "eks-nodegroup.amazonaws.com", "spot.amazonaws.com"],
                    ...["guardduty.amazonaws.com", "rds.amazonaws.com"],
                ],
            },
        });
        const boundary = policies["ecommerce-prod-boundary"];
        assert.ok(boundary);
        for (const action of ["logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy"]) {
            statementOf(boundary, action);
        }
        for (const [name, policy] of Object.entries(policies)) {
            assert.ok(JSON.stringify(policy).length <= 6144, name);
        }
    });
});

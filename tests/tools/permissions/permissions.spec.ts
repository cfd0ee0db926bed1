import assert from "node:assert/strict";

import { awsPermissions } from "../../../tools/permissions/aws";
import { usage } from "../../../tools/permissions/command";
import { awsPolicies, permissionsOf } from "../../../tools/permissions/documents";
import { gcpPermissions } from "../../../tools/permissions/gcp";
import type { PolicyDocument } from "../../../tools/permissions/types";
import { goldenCases } from "../../../tools/plan/review/golden/cases";
import { sharedPlan } from "../../stacks/plans";
import { run } from "./run";

const tables = { gcp: gcpPermissions, aws: awsPermissions } as const;

/** Types that no shipped stack has: for cluster.authorizedNetworks, aws.transitGateway and the managed kinds of stores. */
const unused = {
    gcp: [
        "gcp:memorystore/aclPolicy:AclPolicy",
        "gcp:memorystore/instance:Instance",
        "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy",
        "gcp:sql/databaseInstance:DatabaseInstance",
    ],
    aws: [
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
        "aws:elasticache/parameterGroup:ParameterGroup",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:elasticache/subnetGroup:SubnetGroup",
        "aws:elasticache/user:User",
        "aws:elasticache/userGroup:UserGroup",
        "aws:opensearch/domain:Domain",
        "aws:rds/instance:Instance",
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ],
} as const;

describe("permissions of the deployer", () => {
    for (const cloud of ["gcp", "aws"] as const) {
        it(`are defined for exactly the resource types of the shipped stacks on ${cloud}`, async () => {
            const plans = await Promise.all(
                goldenCases.filter((one) => one.cloud === cloud).map(({ stack }) => sharedPlan(stack, cloud)),
            );
            const types = plans.flatMap(({ resources }) => resources.map(({ type }) => type));
            const used = types.filter((type) => type.startsWith(`${cloud}:`) || type === `pulumi:providers:${cloud}`);
            const optional = unused[cloud];
            assert.deepEqual(Object.keys(tables[cloud]).sort(), [...new Set([...used, ...optional])].sort());
        });

        it(`have ${cloud}'s format, without wildcards`, () => {
            const form = cloud === "gcp" ? /^[a-z]+\.[A-Za-z]+\.[A-Za-z]+$/ : /^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/;
            const malformed = Object.values(tables[cloud])
                .flat()
                .filter((permission) => !form.test(permission));
            assert.deepEqual(malformed, []);
        });
    }

    it("throw for a resource type that is not in the table", () => {
        assert.throws(
            () => permissionsOf("aws", [{ type: "aws:lambda/function:Function", inputs: {} }]),
            /tools\/permissions\/aws\.ts has no permissions for aws:lambda\/function:Function; add them/,
        );
        assert.deepEqual(permissionsOf("aws", [{ type: "kubernetes:core/v1:Pod", inputs: {} }]), []);
    });

    it("include no access to data on GCP: neither use of keys nor reads of secrets and objects", async () => {
        const { stdout } = await run("prod", "--cloud", "gcp");
        assert.match(stdout, /"binaryauthorization.policy.update"/);
        assert.doesNotMatch(stdout, /useToDecrypt|secretmanager|storage\.objects\.get/);
    });

    it("are three policies on AWS, and the boundary of the roles, within IAM's size limit", async () => {
        const { stdout } = await run("prod", "--cloud", "aws");
        const policies = JSON.parse(stdout) as Record<string, PolicyDocument>;
        assert.deepEqual(Object.keys(policies), [
            "ecommerce-prod-deploy-network",
            "ecommerce-prod-deploy-cluster",
            "ecommerce-prod-deploy-records",
            "ecommerce-prod-boundary",
        ]);
        const tooLong = Object.entries(policies).filter(([, policy]) => JSON.stringify(policy).length > 6144);
        assert.deepEqual(tooLong, []);
    });

    it("throw on AWS for a service without a policy", () => {
        const scope = { stack: "prod", account: "333333333333", regions: ["us-east-1"], boundary: undefined };
        const more = { managedPolicies: [], emptiedBuckets: [], readBuckets: [], bypassesRetention: false };
        assert.throws(
            () => awsPolicies(["lambda:CreateFunction"], { ...scope, ...more }),
            /has no policy for lambda:CreateFunction/,
        );
    });

    it("are an error for an existing cluster and for invalid arguments", async () => {
        const local = await run("local");
        assert.deepEqual([local.status, local.stdout], [2, ""]);
        assert.match(local.stderr, /^local uses an existing cluster/);
        assert.deepEqual(await run("--help"), { status: 0, stdout: usage, stderr: "" });
        assert.equal((await run()).stderr, usage);
        assert.match((await run("dev", "--flag")).stderr, /--flag/);
        assert.match((await run("qa")).stderr, /There is no stack "qa"/);
    });
});

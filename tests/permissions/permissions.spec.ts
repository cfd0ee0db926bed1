import assert from "node:assert/strict";

import { awsPermissions } from "../../tools/permissions/aws";
import { permissionsCommand, usage } from "../../tools/permissions/command";
import { awsPolicies, permissionsOf, type PolicyDocument } from "../../tools/permissions/documents";
import { gcpPermissions } from "../../tools/permissions/gcp";
import { goldenCases } from "../../tools/plan/review/golden/cases";
import { sharedPlan } from "../stacks/plans";

async function run(...args: string[]) {
    const [said, complained]: [string[], string[]] = [[], []];
    const status = await permissionsCommand(args, {
        say: (text) => said.push(text),
        complain: (text) => complained.push(text),
    });
    return { status, said: said.join("\n"), complained: complained.join("\n") };
}

const tables = { gcp: gcpPermissions, aws: awsPermissions } as const;

describe("what whoever deploys has to be allowed", () => {
    for (const cloud of ["gcp", "aws"] as const) {
        it(`is known for every resource of the shipped stacks on ${cloud}, and for no other`, async () => {
            const plans = await Promise.all(
                goldenCases.filter((one) => one.cloud === cloud).map(({ stack }) => sharedPlan(stack, cloud)),
            );
            const types = plans.flatMap(({ resources }) => resources.map(({ type }) => type));
            const used = types.filter((type) => type.startsWith(`${cloud}:`) || type === `pulumi:providers:${cloud}`);
            // Networks that may knock are the stack's own to list; the shipped ones list none.
            const own = cloud === "aws" ? ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] : [];
            assert.deepEqual(Object.keys(tables[cloud]).sort(), [...new Set([...used, ...own])].sort());
        });

        it(`is written as ${cloud} writes permissions, none of them with a star`, () => {
            const form = cloud === "gcp" ? /^[a-z]+\.[A-Za-z]+\.[A-Za-z]+$/ : /^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/;
            const odd = Object.values(tables[cloud])
                .flat()
                .filter((permission) => !form.test(permission));
            assert.deepEqual(odd, []);
        });
    }

    it("is an error for a resource that no table knows", () => {
        assert.throws(
            () => permissionsOf("aws", [{ type: "aws:rds/instance:Instance" }]),
            /tools\/permissions\/aws\.ts does not know what aws:rds\/instance:Instance needs; add it/,
        );
        assert.deepEqual(permissionsOf("aws", [{ type: "kubernetes:core/v1:Pod" }]), []);
    });

    it("is a role for gcloud on GCP, with exactly what the plan's resources need", async () => {
        const { status, said } = await run("prod", "--cloud", "gcp");
        const role = JSON.parse(said) as { includedPermissions: string[]; stage: string };
        const { resources } = await sharedPlan("prod", "gcp");
        assert.deepEqual([status, role.stage], [0, "GA"]);
        assert.deepEqual(role.includedPermissions, permissionsOf("gcp", resources));
        assert.ok(role.includedPermissions.includes("binaryauthorization.policy.update"));
        // The right to use a key is not among them: who deploys reads no data.
        assert.ok(
            !role.includedPermissions.some((one) => /useToDecrypt|secretmanager|storage\.objects\.get/.test(one)),
        );
    });

    it("is three policies on AWS, each short enough for IAM, together all that the plan needs", async () => {
        const { said } = await run("prod", "--cloud", "aws");
        const policies = JSON.parse(said) as Record<string, PolicyDocument>;
        assert.deepEqual(Object.keys(policies), [
            "ecommerce-prod-deploy-network",
            "ecommerce-prod-deploy-cluster",
            "ecommerce-prod-deploy-records",
        ]);
        const long = Object.entries(policies).filter(([, policy]) => JSON.stringify(policy).length > 6144);
        assert.deepEqual(long, []);
        const actions = Object.values(policies).flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
        const { resources } = await sharedPlan("prod", "aws");
        assert.deepEqual(actions.sort(), permissionsOf("aws", resources));
    });

    it("is narrowed on AWS to the stack's buckets, regions, admin role, and the services that get a role", async () => {
        const { resources } = await sharedPlan("prod", "aws");
        const place = { stack: "prod", account: "333333333333", regions: ["us-east-1", "us-west-2"] };
        const statements = Object.values(awsPolicies(permissionsOf("aws", resources), place)).flatMap(
            ({ Statement }) => Statement,
        );
        const of = (action: string) => statements.find(({ Action }) => Action.includes(action));
        assert.deepEqual(of("s3:CreateBucket")?.Resource, [
            "arn:aws:s3:::shop-*-prod-333333333333-*",
            "arn:aws:s3:::shop-*-prod-333333333333-*/*",
        ]);
        assert.equal(of("sts:AssumeRole")?.Resource, "arn:aws:iam::333333333333:role/ecommerce-eks-prod-admin");
        assert.deepEqual(of("ec2:CreateVpc")?.Condition, {
            StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] },
        });
        assert.deepEqual(of("iam:PassRole")?.Condition, {
            StringEquals: {
                "iam:PassedToService": [
                    "eks.amazonaws.com",
                    "ec2.amazonaws.com",
                    "pods.eks.amazonaws.com",
                    "vpc-flow-logs.amazonaws.com",
                    "s3.amazonaws.com",
                ],
            },
        });
        assert.throws(() => awsPolicies(["rds:CreateDBInstance"], place), /puts rds:CreateDBInstance into no policy/);
    });

    it("names the account and the regions that the plan's providers are bound to", async () => {
        const { said } = await run("prod-dr", "--cloud", "aws");
        assert.match(said, /arn:aws:iam::333333333333:role\/ecommerce-eks-prod-dr-admin/);
        assert.match(said, /"aws:RequestedRegion": \[\s+"us-west-2"\s+\]/);
    });

    it("is the cluster's own business where the cluster exists, and usage for whoever asks wrongly", async () => {
        const local = await run("local");
        assert.deepEqual([local.status, local.said], [2, ""]);
        assert.match(local.complained, /^local is on a cluster that exists/);
        assert.deepEqual(await run("--help"), { status: 0, said: usage, complained: "" });
        assert.equal((await run()).complained, usage);
        assert.match((await run("dev", "--flag")).complained, /--flag/);
        assert.match((await run("qa")).complained, /There is no stack "qa"/);
    });
});

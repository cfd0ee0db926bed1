import assert from "node:assert/strict";

import { planStack } from "../../../tools/plan";
import { awsScope } from "../../../tools/permissions/scope";

const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** Managed policies of the roles of every stack. */
const managedPolicies = [
    policy("AmazonEC2ContainerRegistryPullOnly"),
    policy("AmazonEKSClusterPolicy"),
    policy("AmazonEKSWorkerNodePolicy"),
    policy("AmazonEKS_CNI_Policy"),
    policy("service-role/AmazonEBSCSIDriverPolicy"),
];

const scopeOf = async (stack: string, config: Readonly<Record<string, string>> = {}) =>
    awsScope(await planStack({ stack, cloud: "aws", checkPolicies: false, config }));

describe("the scope of the policies on AWS", () => {
    it("is what the plan's providers, roles and buckets say", async () => {
        assert.deepEqual(await scopeOf("prod-dr"), {
            stack: "prod-dr",
            account: "333333333333",
            regions: ["us-west-2"],
            boundary: "arn:aws:iam::333333333333:policy/ecommerce-prod-dr-boundary",
            managedPolicies,
            emptiedBuckets: [],
            readBuckets: ["shop-backup-prod-333333333333-us-west-2"],
            bypassesRetention: false,
        });
    });

    it("of prod that is destroyed with its data has its buckets, whose locked objects stay (D1)", async () => {
        const config = {
            cluster: JSON.stringify({ deletionProtection: false }),
            data: JSON.stringify({ keepOnDestroy: false }),
        };
        const bucket = (purpose: string, region: string) => `shop-${purpose}-prod-333333333333-${region}`;
        assert.deepEqual(await scopeOf("prod", config), {
            stack: "prod",
            account: "333333333333",
            regions: ["us-east-1", "us-west-2"],
            boundary: "arn:aws:iam::333333333333:policy/ecommerce-prod-boundary",
            managedPolicies,
            emptiedBuckets: [
                bucket("access", "us-east-1"),
                bucket("access", "us-west-2"),
                bucket("audit", "us-east-1"),
                bucket("backup", "us-east-1"),
                bucket("backup", "us-west-2"),
                bucket("logs", "us-east-1"),
            ],
            readBuckets: [],
            bypassesRetention: false,
        });
    });
});

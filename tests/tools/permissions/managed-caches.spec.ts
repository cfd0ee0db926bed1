import assert from "node:assert/strict";

import { awsPolicies, permissionsOf } from "../../../tools/permissions/documents";
import { managedCaches } from "../../components/cache/managed";

const scope = {
    stack: "prod",
    account: "123456789012",
    regions: ["us-east-1"],
    boundary: undefined,
    managedPolicies: [],
    emptiedBuckets: [],
    readBuckets: [],
    bypassesRetention: false,
};

describe("permissions of the deployer of managed caches", () => {
    it("are a policy of their own on AWS, with ElastiCache's service-linked role", async () => {
        const { resources } = await managedCaches("aws", "prod");
        const own = resources.filter(({ type }) => type.startsWith("aws:elasticache/"));
        const policies = awsPolicies(permissionsOf("aws", own), scope);
        const { Statement = [] } = policies["ecommerce-prod-deploy-caches"] ?? {};
        assert.deepEqual(
            Statement.map(({ Resource, Condition }) => ({ Resource, Condition })),
            [
                { Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } } },
                {
                    Resource: "arn:aws:iam::123456789012:role/aws-service-role/*",
                    Condition: { StringEquals: { "iam:AWSServiceName": ["elasticache.amazonaws.com"] } },
                },
            ],
        );
        assert.deepEqual(Statement[1]?.Action, ["iam:CreateServiceLinkedRole"]);
        assert.ok(Statement[0]?.Action.includes("elasticache:CreateReplicationGroup"));
        assert.ok(!Statement[0]?.Action.includes("elasticache:Connect"), "the deployer reads no data");
        assert.ok(JSON.stringify(policies["ecommerce-prod-deploy-caches"]).length <= 6144);
    });

    it("are no policy where no stack has them", () => {
        assert.deepEqual(Object.keys(awsPolicies(["ec2:CreateVpc"], scope)), ["ecommerce-prod-deploy-network"]);
    });

    it("do not include connecting on GCP", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        const own = resources.filter(({ type }) => /^gcp:(memorystore|networkconnectivity)\//.test(type));
        assert.deepEqual(permissionsOf("gcp", own), [
            "compute.networks.use",
            "compute.subnetworks.use",
            "memorystore.aclPolicies.create",
            "memorystore.aclPolicies.delete",
            "memorystore.aclPolicies.get",
            "memorystore.aclPolicies.update",
            "memorystore.instances.create",
            "memorystore.instances.delete",
            "memorystore.instances.get",
            "memorystore.instances.update",
            "memorystore.operations.get",
            "networkconnectivity.operations.get",
            "networkconnectivity.serviceConnectionPolicies.create",
            "networkconnectivity.serviceConnectionPolicies.delete",
            "networkconnectivity.serviceConnectionPolicies.get",
            "networkconnectivity.serviceConnectionPolicies.update",
        ]);
    });
});

import assert from "node:assert/strict";

import { awsPolicies, permissionsOf } from "../../../tools/permissions/documents";
import { searchDeployment } from "../../components/search/kinds";

const scope = {
    stack: "prod",
    account: "123456789012",
    regions: ["us-east-1", "us-west-2"],
    boundary: undefined,
    managedPolicies: [],
    emptiedBuckets: [],
    readBuckets: [],
    bypassesRetention: false,
};

async function policies() {
    const { resources } = await searchDeployment("aws", "opensearch-service", "prod");
    const own = resources.filter(({ type }) => /^aws:(opensearch|cloudwatch\/logResourcePolicy)/.test(type));
    return awsPolicies(permissionsOf("aws", own), scope);
}

describe("permissions of the deployer of the managed search (SE-01, D10)", () => {
    it("are on the stack's domain only, with OpenSearch Service's linked role, and not on its data", async () => {
        assert.deepEqual((await policies())["ecommerce-prod-deploy-search"], {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: [
                        "es:AddTags",
                        "es:CreateDomain",
                        "es:DeleteDomain",
                        "es:DescribeDomain",
                        "es:DescribeDomainChangeProgress",
                        "es:DescribeDomainConfig",
                        "es:GetCompatibleVersions",
                        "es:GetUpgradeStatus",
                        "es:ListTags",
                        "es:RemoveTags",
                        "es:UpdateDomainConfig",
                        "es:UpgradeDomain",
                    ],
                    Resource: [
                        "arn:aws:es:us-east-1:123456789012:domain/shop-prod",
                        "arn:aws:es:us-west-2:123456789012:domain/shop-prod",
                    ],
                },
                {
                    Effect: "Allow",
                    Action: ["iam:CreateServiceLinkedRole"],
                    Resource: "arn:aws:iam::123456789012:role/aws-service-role/*",
                    Condition: { StringEquals: { "iam:AWSServiceName": ["opensearchservice.amazonaws.com"] } },
                },
            ],
        });
    });

    it("include the policy of its logs and the use of its key", async () => {
        const found = await policies();
        const [logs, kms] = ["logs:", "kms:"].map((service) =>
            (found["ecommerce-prod-deploy-records"]?.Statement ?? [])
                .flatMap(({ Action }) => Action)
                .filter((action) => action.startsWith(service)),
        );
        assert.deepEqual(logs, [
            "logs:DeleteResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:PutResourcePolicy",
        ]);
        assert.deepEqual(kms, ["kms:CreateGrant", "kms:DescribeKey"]);
    });
});

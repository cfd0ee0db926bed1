import { domainName } from "../../components/search/aws/settings";
import { allow, type AwsScope, type Statement, type Table } from "./types";

/** For `search.kind` opensearch-service. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonopensearchservice.html */
export const awsManagedSearch: Table = {
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [
        ...["logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DeleteResourcePolicy"],
    ],
    "aws:opensearch/domain:Domain": [
        ...["es:CreateDomain", "es:UpdateDomainConfig", "es:DeleteDomain", "es:DescribeDomain"],
        ...["es:DescribeDomainConfig", "es:DescribeDomainChangeProgress", "es:GetCompatibleVersions"],
        ...["es:UpgradeDomain", "es:GetUpgradeStatus", "es:AddTags", "es:RemoveTags", "es:ListTags"],
        // OpenSearch Service looks at the subnets on the deployer's behalf, and grants itself the key.
        // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
        ...["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"],
        ...["kms:CreateGrant", "kms:DescribeKey"],
    ],
};

/**
 * The stack's domain only, so that a deployer cannot change another one of the account, and the service's linked role, which
 * the first domain of an account creates. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr-aos.html
 */
export function openSearchStatements(actions: readonly string[], { account, regions, stack }: AwsScope): Statement[] {
    return actions.length === 0
        ? []
        : [
              ...allow(
                  actions,
                  regions.map((region) => `arn:aws:es:${region}:${account}:domain/${domainName(stack)}`),
              ),
              ...allow(["iam:CreateServiceLinkedRole"], `arn:aws:iam::${account}:role/aws-service-role/*`, {
                  StringEquals: { "iam:AWSServiceName": ["opensearchservice.amazonaws.com"] },
              }),
          ];
}

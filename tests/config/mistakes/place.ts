import type { GoodExample, Mistake } from "../stack-file";

/** Domains, regions and zones. */
export const placeMistakes: readonly Mistake[] = [
    {
        what: "domain with a wildcard",
        base: "dev/gcp",
        set: { domain: "*.example.com" },
        line: 'ecommerce-platform:domain: "*.example.com" is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "domain in upper case",
        base: "dev/gcp",
        set: { domain: "Shop.example.com" },
        line: 'ecommerce-platform:domain: "Shop.example.com" is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "domain of one label",
        base: "dev/gcp",
        set: { domain: "localhost" },
        line: 'ecommerce-platform:domain: "localhost" is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "domain with a trailing dot",
        base: "dev/gcp",
        set: { domain: "shop.example.com." },
        line: 'ecommerce-platform:domain: "shop.example.com." is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "domain with a scheme",
        base: "dev/gcp",
        set: { domain: "https://shop.example.com" },
        line: 'ecommerce-platform:domain: "https://shop.example.com" is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "address in place of a domain",
        base: "dev/gcp",
        set: { domain: "192.168.1.10" },
        line: 'ecommerce-platform:domain: "192.168.1.10" is not valid; give a lower-case domain name such as demo.example.com',
    },
    {
        what: "region of the other cloud",
        base: "dev/gcp",
        set: { "gcp.region": "us-east-1" },
        line: 'ecommerce-platform:gcp.region: "us-east-1" is not valid; give a region such as us-central1',
    },
    {
        what: "zone in place of a region",
        base: "dev/aws",
        set: { "aws.region": "us-east-1a" },
        line: 'ecommerce-platform:aws.region: "us-east-1a" is not valid; give a region such as us-east-1',
    },
    {
        what: "zone outside the region (gcp)",
        base: "dev/gcp",
        set: { "gcp.zones": ["us-central1-a", "us-central1-b", "us-east1-c"] },
        line: 'ecommerce-platform:gcp.zones.2: "us-east1-c" is outside gcp.region (us-central1); give a zone such as us-central1-a',
    },
    {
        what: "permissions boundary by its ARN",
        base: "prod/aws",
        set: { "aws.permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary" },
        line: 'ecommerce-platform:aws.permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" is not valid; give the name of an IAM policy of the account, such as ecommerce-prod-boundary',
    },
    {
        what: "zone outside the region (aws)",
        base: "dev/aws",
        set: { "aws.zones": ["us-east-1a", "us-west-2b", "us-east-1c"] },
        line: 'ecommerce-platform:aws.zones.1: "us-west-2b" is outside aws.region (us-east-1); give a zone such as us-east-1a',
    },
    {
        what: "first zone outside the region that is named",
        base: "dev/gcp",
        set: { "gcp.region": "us-central1", "gcp.zones": ["us-east1-b", "us-central1-b", "us-central1-c"] },
        line: 'ecommerce-platform:gcp.zones.0: "us-east1-b" is outside gcp.region (us-central1); give a zone such as us-central1-a',
    },
    {
        what: "zone twice",
        base: "dev/gcp",
        set: { "gcp.zones": ["us-central1-a", "us-central1-b", "us-central1-a"] },
        line: 'ecommerce-platform:gcp.zones.2: "us-central1-a" is listed twice; give three different zones',
    },
    {
        what: "zone twice (aws)",
        base: "dev/aws",
        set: { "aws.zones": ["us-east-1a", "us-east-1a", "us-east-1c"] },
        line: 'ecommerce-platform:aws.zones.1: "us-east-1a" is listed twice; give three different zones',
    },
    {
        what: "zone id of another region",
        base: "dev/aws",
        set: { "aws.zones": ["use1-az1", "usw2-az2", "use1-az4"] },
        line: 'ecommerce-platform:aws.zones.1: "usw2-az2" is outside aws.region (us-east-1); give a zone such as use1-az1',
    },
    {
        what: "zone id twice",
        base: "dev/aws",
        set: { "aws.zones": ["use1-az1", "use1-az2", "use1-az1"] },
        line: 'ecommerce-platform:aws.zones.2: "use1-az1" is listed twice; give three different zones',
    },
    {
        what: "zone by name among zones by id",
        base: "dev/aws",
        set: { "aws.zones": ["use1-az1", "us-east-1b", "use1-az4"] },
        line: 'ecommerce-platform:aws.zones.1: "us-east-1b" may be the same zone as use1-az1; give all three by id, or all three by name',
    },
    {
        what: "zone that EKS refuses (us-east-1)",
        base: "dev/aws",
        set: { "aws.zones": ["use1-az1", "use1-az2", "use1-az3"] },
        line: 'ecommerce-platform:aws.zones.2: "use1-az3" is a zone that EKS refuses; give another zone of the region',
    },
    {
        what: "zone that EKS refuses (us-west-1)",
        base: "dev/aws",
        set: { "aws.region": "us-west-1", "aws.zones": ["usw1-az1", "usw1-az2", "usw1-az3"] },
        line: 'ecommerce-platform:aws.zones.1: "usw1-az2" is a zone that EKS refuses; give another zone of the region',
    },
    {
        what: "zone that EKS refuses (ca-central-1)",
        base: "prod/aws",
        set: { "aws.region": "ca-central-1", "aws.zones": ["cac1-az3", "cac1-az1", "cac1-az2"] },
        line: 'ecommerce-platform:aws.zones.0: "cac1-az3" is a zone that EKS refuses; give another zone of the region',
    },
    {
        what: "zone without a region",
        base: "dev/aws",
        set: { "aws.zones": ["az1", "use1-az2", "use1-az4"] },
        line: 'ecommerce-platform:aws.zones.0: "az1" is not valid; give a zone id such as use1-az1, or a zone\'s name in your account such as us-east-1a',
    },
    {
        what: "transit gateway without networks",
        base: "prod/aws",
        set: { "aws.privateRunner": undefined, "aws.transitGateway": "tgw-0123456789abcdef0" },
        line: "ecommerce-platform:aws.connectedNetworks: (missing) give the networks behind the transit gateway that Pulumi and operators work from",
    },
    {
        what: "networks without a transit gateway",
        base: "prod/aws",
        set: { "aws.privateRunner": undefined, "aws.connectedNetworks": ["10.0.0.0/16"] },
        line: "ecommerce-platform:aws.transitGateway: (missing) give the id of the transit gateway that connects aws.connectedNetworks",
    },
    {
        what: "attachment in place of a transit gateway",
        base: "prod/aws",
        set: { "aws.transitGateway": "tgw-attach-0123456789abcdef0" },
        line: 'ecommerce-platform:aws.transitGateway: "tgw-attach-0123456789abcdef0" is not valid; give the id of a transit gateway such as tgw-0123456789abcdef0',
    },
    {
        what: "two zones",
        base: "dev/gcp",
        set: { "gcp.zones": ["us-central1-a", "us-central1-b"] },
        line: 'ecommerce-platform:gcp.zones: ["us-central1-a","us-central1-b"] is not valid; give a list of three zones',
    },
    {
        what: "four zones",
        base: "dev/aws",
        set: { "aws.zones": ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"] },
        line: 'ecommerce-platform:aws.zones: ["us-east-1a","us-east-1b","us-east-1c","us-east-1d"] is not valid; give a list of three zones',
    },
    {
        what: "letter in place of a zone",
        base: "dev/gcp",
        set: { "gcp.zones": ["a", "us-central1-b", "us-central1-c"] },
        line: 'ecommerce-platform:gcp.zones.0: "a" is not valid; give a zone such as us-central1-a',
    },
    {
        what: "another region without its zones (gcp)",
        base: "dev/gcp",
        set: { "gcp.region": "europe-west1" },
        line: "ecommerce-platform:gcp.zones: (missing) give the three zones of europe-west1 to use; the default ones are in another region",
    },
    {
        what: "another region without its zones (aws)",
        base: "dev/aws",
        set: { "aws.region": "eu-west-1" },
        line: "ecommerce-platform:aws.zones: (missing) give the three zones of eu-west-1 to use; the default ones are in another region",
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const placeGood: readonly GoodExample[] = [
    {
        what: "permissions boundary with a path",
        base: "prod/aws",
        set: { "aws.permissionsBoundary": "platform/ecommerce-prod-boundary" },
    },
    { what: "the section of another cloud", base: "dev/gcp", set: { "aws.accountId": "123456789012" } },
    {
        what: "another region with its zones",
        base: "dev/gcp",
        set: { "gcp.region": "europe-west1", "gcp.zones": ["europe-west1-b", "europe-west1-c", "europe-west1-d"] },
    },
    {
        what: "another region with its zones (aws)",
        base: "prod/aws",
        set: { "aws.region": "eu-west-1", "aws.zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    },
    {
        what: "zones by name",
        base: "dev/aws",
        set: { "aws.zones": ["us-east-1a", "us-east-1b", "us-east-1c"] },
    },
    {
        what: "zones by id in a region of two words",
        base: "prod/aws",
        set: { "aws.region": "ap-southeast-2", "aws.zones": ["apse2-az1", "apse2-az2", "apse2-az3"] },
    },
    { what: "the usual region by name", base: "dev/aws", set: { "aws.region": "us-east-1" } },
    {
        what: "the usual second region as the first",
        base: "prod/aws",
        set: { "aws.region": "us-west-2", "aws.zones": ["us-west-2a", "us-west-2b", "us-west-2c"] },
    },
];

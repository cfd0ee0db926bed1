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
    { what: "the usual region by name", base: "dev/aws", set: { "aws.region": "us-east-1" } },
    {
        what: "the usual second region as the first",
        base: "prod/aws",
        set: { "aws.region": "us-west-2", "aws.zones": ["us-west-2a", "us-west-2b", "us-west-2c"] },
    },
];

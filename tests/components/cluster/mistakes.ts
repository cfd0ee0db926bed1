import type { GoodExample, Mistake } from "../../config/stack-file";

/** The control plane, its maintenance and its authorised networks. */
export const clusterMistakes: readonly Mistake[] = [
    {
        what: "unknown key inside a section",
        base: "dev/gcp",
        set: { "cluster.version": "1.36" },
        line: 'ecommerce-platform:cluster.version: "1.36" is not a known key; known here: authorizedNetworks, privateEndpoint, dnsEndpoint, deletionProtection, networkOnly, upgrade, maintenanceWindow',
    },
    {
        what: "number in place of a flag",
        base: "dev/gcp",
        set: { "cluster.privateEndpoint": 1 },
        line: "ecommerce-platform:cluster.privateEndpoint: 1 is not valid; give true or false",
    },
    {
        what: "text in place of a list",
        base: "dev/gcp",
        set: { "cluster.authorizedNetworks": "10.0.0.0/8" },
        line: 'ecommerce-platform:cluster.authorizedNetworks: "10.0.0.0/8" is not valid; give a list of IPv4 networks',
    },
    {
        what: "context with a blank",
        base: "dev/existing",
        set: { "existing.context": "kind shop" },
        line: 'ecommerce-platform:existing.context: "kind shop" is not valid; give the name of a context',
    },
    {
        what: "identity with a blank",
        base: "dev/existing",
        set: { "existing.identity": "my minikube" },
        line: 'ecommerce-platform:existing.identity: "my minikube" is not valid; give a name of letters, digits, -, ., _, : and /, such as minikube',
    },
    {
        what: "the whole internet authorised",
        base: "dev/gcp",
        set: { "cluster.authorizedNetworks": ["203.0.113.0/24", "0.0.0.0/0"] },
        line: 'ecommerce-platform:cluster.authorizedNetworks.1: "0.0.0.0/0" opens the control plane to the internet; give networks of /8 or smaller that are yours',
    },
    {
        what: "half of the internet authorised",
        base: "dev/aws",
        set: { "cluster.authorizedNetworks": ["128.0.0.0/1"] },
        line: 'ecommerce-platform:cluster.authorizedNetworks.0: "128.0.0.0/1" opens the control plane to the internet; give networks of /8 or smaller that are yours',
    },
    {
        what: "authorised address that is no network",
        base: "dev/gcp",
        set: { "cluster.authorizedNetworks": ["203.0.113.7"] },
        line: 'ecommerce-platform:cluster.authorizedNetworks.0: "203.0.113.7" is not valid; give an IPv4 network by its first address, such as 10.0.0.0/16',
    },
    {
        what: "group of groups by another name",
        base: "prod/gcp",
        set: { "gcp.securityGroup": "admins@example.com" },
        line: 'ecommerce-platform:gcp.securityGroup: "admins@example.com" is not valid; give gke-security-groups@ and your domain, such as gke-security-groups@example.com',
    },
    {
        what: "administrator by a whole ARN",
        base: "prod/aws",
        set: { "aws.administrators": ["arn:aws:iam::123456789012:role/deployer"] },
        line: 'ecommerce-platform:aws.administrators.0: "arn:aws:iam::123456789012:role/deployer" is not valid; give role/ or user/ and a name, such as role/ecommerce-deployer',
    },
    {
        what: "every role as administrator",
        base: "prod/aws",
        set: { "aws.administrators": ["role/deployer", "role/*"] },
        line: 'ecommerce-platform:aws.administrators.1: "role/*" is not valid; give role/ or user/ and a name, such as role/ecommerce-deployer',
    },
    {
        what: "wildcard within an administrator's path",
        base: "prod/aws",
        set: { "aws.administrators": ["role/*/deployer"] },
        line: 'ecommerce-platform:aws.administrators.0: "role/*/deployer" is not valid; give role/ or user/ and a name, such as role/ecommerce-deployer',
    },
    {
        what: "empty list of administrators",
        base: "prod/aws",
        set: { "aws.administrators": [] },
        line: "ecommerce-platform:aws.administrators: [] is not valid; give a list of roles and users, such as role/ecommerce-deployer",
    },
    {
        what: "hour that no day has",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 25 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 25 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "maintenance on a day of the month",
        base: "prod/gcp",
        set: { "cluster.maintenanceWindow": "0 3 1 * *" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 3 1 * *" is not a weekly schedule with one time of day; give one minute, one hour, * and *, such as 0 3 * * 6',
    },
    {
        what: "maintenance at several minutes",
        base: "prod/gcp",
        set: { "cluster.maintenanceWindow": "*/5 3 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "*/5 3 * * 6" is not a weekly schedule with one time of day; give one minute, one hour, * and *, such as 0 3 * * 6',
    },
    {
        what: "maintenance at several hours",
        base: "prod/gcp",
        set: { "cluster.maintenanceWindow": "0 1,2 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 1,2 * * 6" is not a weekly schedule with one time of day; give one minute, one hour, * and *, such as 0 3 * * 6',
    },
    {
        what: "cron expression with seconds",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 0 3 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 0 3 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression of four fields",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 3 * *" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 3 * *" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression with 7 for Sunday",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "0 3 * * 7" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "0 3 * * 7" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron expression that Kubernetes does not know",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "H 3 * * 6" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "H 3 * * 6" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "cron nickname",
        base: "dev/gcp",
        set: { "cluster.maintenanceWindow": "@weekly" },
        line: 'ecommerce-platform:cluster.maintenanceWindow: "@weekly" is not valid; give five cron fields, such as 0 3 * * 6',
    },
    {
        what: "prod with a public control plane",
        base: "prod/gcp",
        set: { "cluster.privateEndpoint": false },
        line: "ecommerce-platform:cluster.privateEndpoint: false exposes prod's control plane to the internet; give true or remove the key",
    },
    {
        what: "the network of an existing cluster",
        base: "dev/existing",
        set: { "cluster.networkOnly": true },
        line: "ecommerce-platform:cluster.networkOnly: true has no effect: the cluster exists already; remove the key",
    },
    {
        what: "no way to EKS in prod",
        base: "prod/aws",
        set: { "aws.privateRunner": undefined },
        line: "ecommerce-platform:cluster.privateEndpoint: true leaves no way to the control plane from outside of the VPC; set aws.transitGateway and aws.connectedNetworks, or aws.privateRunner where Pulumi runs in the VPC",
    },
    {
        what: "networks that a private endpoint does not admit",
        base: "prod/aws",
        set: { "aws.privateRunner": false, "cluster.authorizedNetworks": ["203.0.113.0/24"] },
        line: "ecommerce-platform:cluster.privateEndpoint: true leaves no way to the control plane from outside of the VPC; set aws.transitGateway and aws.connectedNetworks, or aws.privateRunner where Pulumi runs in the VPC",
    },
    {
        what: "no network for EKS' public endpoint",
        base: "staging/aws",
        set: { "aws.privateRunner": undefined },
        line: "ecommerce-platform:cluster.authorizedNetworks: [] leaves no way to the control plane from outside of the VPC; list the network that you work from, set aws.transitGateway and aws.connectedNetworks, or aws.privateRunner where Pulumi runs in the VPC",
    },
    {
        what: "no way to GKE in prod",
        base: "prod/gcp",
        set: { "cluster.dnsEndpoint": false, "cluster.authorizedNetworks": ["203.0.113.0/24"] },
        line: "ecommerce-platform:cluster.dnsEndpoint: false leaves no way to the control plane from outside of the VPC; give true or remove the key, so that IAM protects its DNS name, or set gcp.privateRunner where Pulumi runs in the VPC",
    },
    {
        what: "no way to GKE in dev",
        base: "dev/gcp",
        set: { "cluster.dnsEndpoint": false },
        line: "ecommerce-platform:cluster.dnsEndpoint: false leaves no way to the control plane from outside of the VPC; give true or remove the key, so that IAM protects its DNS name, or set gcp.privateRunner where Pulumi runs in the VPC",
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const clusterGood: readonly GoodExample[] = [
    { what: "an authorised /8", base: "prod/gcp", set: { "cluster.authorizedNetworks": ["10.0.0.0/8"] } },
    {
        what: "roles of IAM Identity Center by their prefix, and a user",
        base: "prod/aws",
        set: {
            "aws.administrators": [
                "role/aws-reserved/sso.amazonaws.com/us-east-1/AWSReservedSSO_Admin_*",
                "user/people/jane.doe@example.com",
            ],
        },
    },
    { what: "a group of groups", base: "prod/gcp", set: { "gcp.securityGroup": "gke-security-groups@example.com" } },
    { what: "prod by its DNS name", base: "prod/gcp", set: { "cluster.dnsEndpoint": true } },
    { what: "a public control plane before prod", base: "staging/aws", set: { "cluster.privateEndpoint": false } },
    {
        what: "a public control plane that is not ours",
        base: "prod/existing",
        set: { "cluster.privateEndpoint": false },
    },
    {
        what: "EKS through a transit gateway",
        base: "prod/aws",
        set: {
            "aws.privateRunner": undefined,
            "aws.transitGateway": "tgw-0123456789abcdef0",
            "aws.connectedNetworks": ["10.0.0.0/16"],
        },
    },
    {
        what: "EKS from a listed network",
        base: "dev/aws",
        set: { "aws.privateRunner": undefined, "cluster.authorizedNetworks": ["203.0.113.0/24"] },
    },
    {
        what: "GKE from a listed network",
        base: "dev/gcp",
        set: { "cluster.dnsEndpoint": false, "cluster.authorizedNetworks": ["203.0.113.0/24"] },
    },
    {
        what: "GKE from inside the VPC",
        base: "prod/gcp",
        set: { "cluster.dnsEndpoint": false, "gcp.privateRunner": true },
    },
    { what: "the network of EKS", base: "prod/aws", set: { "cluster.networkOnly": true } },
    { what: "the network of GKE", base: "prod/gcp", set: { "cluster.networkOnly": true } },
    { what: "an upgrade of EKS", base: "prod/aws", set: { "cluster.upgrade": true } },
    { what: "another maintenance window", base: "prod/gcp", set: { "cluster.maintenanceWindow": "30 2 * * sun" } },
];

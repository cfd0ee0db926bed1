import { platformConfig } from "../../../components/platform-config";
import type { Mistake } from "../stack-file";

/** A layer more is a key more; the exact line is a matter of the composition (compose.spec.ts). */
const known = Object.keys(platformConfig.schema.shape).join(", ");

/** Keys that are not known, are missing or hold the wrong kind of value. */
export const shapeMistakes: readonly Mistake[] = [
    {
        what: "unknown key at the top",
        base: "dev/gcp",
        set: { flavour: "vanilla" },
        line: `ecommerce-platform:flavour: "vanilla" is not a known key; known here: ${known}`,
    },
    {
        what: "misspelt key at the top",
        base: "dev/gcp",
        set: { nodepools: {} },
        line: `ecommerce-platform:nodepools: {} is not a known key; known here: ${known}; did you mean "nodePools"?`,
    },
    {
        what: "misspelt key two levels down",
        base: "dev/gcp",
        set: { "nodePools.app.maximum": 9 },
        line: "ecommerce-platform:nodePools.app.maximum: 9 is not a known key; known here: min, max, machineType",
    },
    {
        what: "key of another pool",
        base: "dev/gcp",
        set: { "nodePools.database.confidential": true },
        line: "ecommerce-platform:nodePools.database.confidential: true is not a known key; known here: min, max, machineType",
    },
    {
        what: "tier missing",
        base: "dev/gcp",
        set: { tier: undefined },
        line: "ecommerce-platform:tier: (missing) give one of dev, staging, prod",
    },
    {
        what: "cloud missing",
        base: "dev/gcp",
        set: { cloud: undefined },
        line: "ecommerce-platform:cloud: (missing) give one of gcp, aws, existing",
    },
    {
        what: "domain missing",
        base: "dev/gcp",
        set: { domain: undefined },
        line: "ecommerce-platform:domain: (missing) give a lower-case domain name such as demo.example.com",
    },
    {
        what: "no section of the cloud (gcp)",
        base: "dev/gcp",
        set: { gcp: undefined },
        line: "ecommerce-platform:gcp.project: (missing) give a project id such as shop-prod-1234",
    },
    {
        what: "no section of the cloud (aws)",
        base: "dev/aws",
        set: { aws: undefined, "cluster.authorizedNetworks": ["203.0.113.0/24"] },
        line: "ecommerce-platform:aws.accountId: (missing) give an account id of twelve digits, in quotes",
    },
    {
        what: "section without the project",
        base: "dev/gcp",
        set: { gcp: { region: "us-central1" } },
        line: "ecommerce-platform:gcp.project: (missing) give a project id such as shop-prod-1234",
    },
    {
        what: "section without the account",
        base: "dev/aws",
        set: { aws: { region: "us-east-1", privateRunner: true } },
        line: "ecommerce-platform:aws.accountId: (missing) give an account id of twelve digits, in quotes",
    },
    {
        what: "unknown tier",
        base: "dev/gcp",
        set: { tier: "production" },
        line: 'ecommerce-platform:tier: "production" is not valid; give one of dev, staging, prod',
    },
    {
        what: "unknown cloud",
        base: "dev/gcp",
        set: { cloud: "azure" },
        line: 'ecommerce-platform:cloud: "azure" is not valid; give one of gcp, aws, existing',
    },
    {
        what: "tier of the wrong case",
        base: "dev/gcp",
        set: { tier: "Dev" },
        line: 'ecommerce-platform:tier: "Dev" is not valid; give one of dev, staging, prod',
    },
    {
        what: "domain as a number",
        base: "dev/gcp",
        set: { domain: 42 },
        line: "ecommerce-platform:domain: 42 is not valid; give a lower-case domain name such as demo.example.com",
    },
    {
        what: "text in place of the cloud's section",
        base: "dev/gcp",
        set: { gcp: "shop-test-1234" },
        line: 'ecommerce-platform:gcp: "shop-test-1234" is not valid; give an object with project, region, drRegion, zones, privateRunner, securityGroup, usageLogs',
    },
    {
        what: "list in place of a section",
        base: "dev/gcp",
        set: { nodePools: ["app"] },
        line: 'ecommerce-platform:nodePools: ["app"] is not valid; give an object with profile, generation, app, database, cache, payment, spot',
    },
    {
        what: "number in place of a pool",
        base: "dev/gcp",
        set: { "nodePools.app": 6 },
        line: "ecommerce-platform:nodePools.app: 6 is not valid; give an object with min, max, machineType",
    },
    {
        what: "text in place of a number",
        base: "dev/gcp",
        set: { "nodePools.app.max": "9" },
        line: 'ecommerce-platform:nodePools.app.max: "9" is not valid; give a whole number from 1 to 1000',
    },
    {
        what: "fraction of a node",
        base: "dev/gcp",
        set: { "nodePools.app.max": 6.5 },
        line: "ecommerce-platform:nodePools.app.max: 6.5 is not valid; give a whole number from 1 to 1000",
    },
    {
        what: "fewer than no nodes",
        base: "dev/gcp",
        set: { "nodePools.app.min": -1 },
        line: "ecommerce-platform:nodePools.app.min: -1 is not valid; give a whole number from 0 to 1000",
    },
    {
        what: "a pool without any node at its most",
        base: "dev/gcp",
        set: { "nodePools.app.max": 0 },
        line: "ecommerce-platform:nodePools.app.max: 0 is not valid; give a whole number from 1 to 1000",
    },
    {
        what: "more nodes than anything takes",
        base: "dev/gcp",
        set: { "nodePools.app.max": 1001 },
        line: "ecommerce-platform:nodePools.app.max: 1001 is not valid; give a whole number from 1 to 1000",
    },
    {
        what: "text in place of a flag",
        base: "dev/existing",
        set: { "existing.dedicatedPools": "false" },
        line: 'ecommerce-platform:existing.dedicatedPools: "false" is not valid; give true or false',
    },
    {
        what: "project of the wrong form",
        base: "dev/gcp",
        set: { "gcp.project": "Shop_Test" },
        line: 'ecommerce-platform:gcp.project: "Shop_Test" is not valid; give a project id such as shop-prod-1234',
    },
    {
        what: "account id as a number",
        base: "dev/aws",
        set: { "aws.accountId": 123456789012 },
        line: "ecommerce-platform:aws.accountId: 123456789012 is not valid; give an account id of twelve digits, in quotes",
    },
    {
        what: "account id too short",
        base: "dev/aws",
        set: { "aws.accountId": "12345" },
        line: 'ecommerce-platform:aws.accountId: "12345" is not valid; give an account id of twelve digits, in quotes',
    },
];

import assert from "node:assert/strict";

import { coreShape } from "../../config/schema";

const { project, region: gcpRegion, drRegion: gcpDrRegion, zones: gcpZones } = coreShape.gcp.unwrap().shape;
const aws = coreShape.aws.unwrap().shape;
const { replicaOf } = coreShape.recovery.unwrap().shape;

interface Format {
    readonly check: { safeParse(value: unknown): { readonly success: boolean } };
    readonly takes: readonly unknown[];
    readonly refuses: readonly unknown[];
}

/** Texts, each in a list with two zones that are valid. */
const among = (zones: readonly string[], ...valid: readonly string[]) => zones.map((zone) => [...valid, zone]);

const gcpRegions = {
    takes: ["us-central1", "northamerica-northeast2", "europe-west12"],
    refuses: ["", "us", "us-central", "us-central1-a", "us-central1 ", " us-central1", "1us-central1", "US-central1"],
};

const awsRegions = {
    takes: ["us-east-1", "us-gov-west-1", "ap-southeast-2"],
    refuses: ["", "us-east", "us-1", "us-east-1a", "us-east-12", "xus-east-1", " us-east-1", "US-east-1"],
};

/** Values of the core's texts, with what comes before, after and within a valid one. */
const formats: Readonly<Record<string, Format>> = {
    "gcp.project": {
        check: project,
        takes: ["shop-prod-1234", "abcdef", `a${"b".repeat(29)}`],
        refuses: ["", "short", "1shop-prod", "-shop-prod", "shop-prod-", "shop-prod ", "Shop-prod", "a".repeat(31)],
    },
    "gcp.region": { check: gcpRegion, ...gcpRegions },
    "gcp.drRegion": { check: gcpDrRegion, ...gcpRegions },
    "gcp.zones": {
        check: gcpZones,
        takes: among(["us-central1-f", "europe-west12-c"], "us-central1-a", "us-central1-b"),
        refuses: [
            ...among(
                ["us-central1", "us-central1-ab", "us-central1-1", "1us-central1-c", "us-central1-c "],
                "a-b1-a",
                "a-b1-b",
            ),
            ["us-central1-a", "us-central1-b"],
            ["us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f"],
        ],
    },
    "aws.accountId": {
        check: aws.accountId,
        takes: ["000000000000", "123456789012"],
        refuses: ["", "12345678901", "1234567890123", "12345678901x", "x123456789012", " 123456789012", 123456789012],
    },
    "aws.region": { check: aws.region, ...awsRegions },
    "aws.drRegion": { check: aws.drRegion, ...awsRegions },
    "aws.zones": {
        check: aws.zones,
        takes: among(["use1-az6", "usgw1-az12", "us-east-1c", "us-gov-west-1c"], "use1-az1", "use1-az2"),
        refuses: [
            ...among(
                ["us-east-1", "us-east-1cd", "use1-az", "use1-az1x", "xx us-east-1c", "1use1-az1"],
                "use1-az1",
                "use1-az2",
            ),
            ["use1-az1", "use1-az2"],
        ],
    },
    "aws.transitGateway": {
        check: aws.transitGateway,
        takes: ["tgw-01234567", "tgw-0123456789abcdef0"],
        refuses: ["", "tgw-0123456", "tgw-0123456789abcdef01", "tgw-0123456g", "x-tgw-01234567", "TGW-01234567"],
    },
    "aws.permissionsBoundary": {
        check: aws.permissionsBoundary,
        takes: ["ecommerce-prod-boundary", "teams/shop/boundary", "a.b,c+d=e@f-g", "b".repeat(128)],
        refuses: ["", "/boundary", "teams//boundary", "boundary/", "a b", "arn:aws:iam::1:policy/b", "b".repeat(129)],
    },
    "recovery.replicaOf": {
        check: replicaOf,
        takes: ["prod", "ab", `a${"b".repeat(19)}`],
        refuses: ["", "a", "1prod", "prod-", "prod ", "Prod", "prod_dr", "a".repeat(21)],
    },
};

describe("texts of the core's configuration", () => {
    for (const [path, { check, takes, refuses }] of Object.entries(formats)) {
        it(`${path} takes ${takes.length} values and refuses ${refuses.length}`, () => {
            assert.deepEqual(
                takes.filter((value) => !check.safeParse(value).success),
                [],
                "refused",
            );
            assert.deepEqual(
                refuses.filter((value) => check.safeParse(value).success),
                [],
                "taken",
            );
        });
    }
});

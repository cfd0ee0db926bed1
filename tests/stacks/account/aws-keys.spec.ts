import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { type AwsSite, awsSites } from "./sites";
import { type Row, rows, table } from "./tables";
import { ofType, stacks, updated } from "./updated";

const key = "aws:kms/key:Key";

/** IAM policies of the account decide, and no other account is named. */
const account = ({ account: id }: AwsSite): Row => [`AccountDecides: Allow AWS arn:aws:iam::${id}:root`, "kms:*", "*"];

/** Users of the encrypted data, through one service of one region, from this account. */
const through = (service: string, region: string, { account: id }: AwsSite): Row => [
    "ThroughTheService: Allow AWS *",
    [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ],
    "*",
    `StringEquals kms:CallerAccount ${id}`,
    `StringEquals kms:ViaService ${service}.${region}.amazonaws.com`,
];

const nodeVolumes = ({ account: id, region }: AwsSite): Row => [
    "VolumesOfThisAccount: Allow AWS *",
    [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ],
    "*",
    `StringEquals kms:CallerAccount ${id}`,
    `StringEquals kms:ViaService ec2.${region}.amazonaws.com`,
];

const logGroups = ({ account: id, region }: AwsSite): Row => [
    `LogGroupsOfThisAccount: Allow Service logs.${region}.amazonaws.com`,
    [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ],
    "*",
    `ArnLike kms:EncryptionContext:aws:logs:arn arn:aws:logs:${region}:${id}:log-group:*`,
];

function trail(stack: string, { account: id, region }: AwsSite): Row[] {
    const source = `StringEquals aws:SourceArn arn:aws:cloudtrail:${region}:${id}:trail/ecommerce-${stack}`;
    const context = `StringLike kms:EncryptionContext:aws:cloudtrail:arn arn:aws:cloudtrail:*:${id}:trail/*`;
    return [
        ["TrailEncrypts: Allow Service cloudtrail.amazonaws.com", "kms:GenerateDataKey*", "*", source, context],
        ["TrailLooksAtKey: Allow Service cloudtrail.amazonaws.com", "kms:DescribeKey", "*", source],
    ];
}

/** Who may use each key of a stack. */
function users(stack: string, site: AwsSite): Record<string, readonly Row[]> {
    const decides = account(site);
    const { region, drRegion } = site;
    return {
        ...(site.primary
            ? {
                  "audit-key": [decides, ...trail(stack, site)],
                  "storage-buckets-logs-key": [decides],
                  "storage-buckets-vault-key": [decides],
              }
            : {}),
        // A replica's stack reads the copy, and its policies cannot name the key.
        ...(drRegion === undefined ? {} : { "storage-buckets-copy-key": [decides, through("s3", drRegion, site)] }),
        "cluster-keys-disks": [decides, nodeVolumes(site)],
        "cluster-keys-logs": [decides, logGroups(site)],
        "cluster-keys-secrets": [decides],
        "network-flow-logs-key": [decides, logGroups(site)],
        "storage-volumes": [decides, through("ec2", region, site)],
    };
}

const descriptions: Readonly<Record<string, string>> = {
    "audit-key": "Audit records",
    "cluster-keys-disks": "Disks of nodes",
    "cluster-keys-logs": "Control plane logs",
    "cluster-keys-secrets": "Kubernetes secrets",
    "network-flow-logs-key": "Flow logs",
    "storage-buckets-copy-key": "Backups",
    "storage-buckets-logs-key": "Archived logs",
    "storage-buckets-vault-key": "Backups",
    "storage-volumes": "Persistent volumes",
};

for (const stack of stacks) {
    const site = awsSites[stack];

    describe(`the KMS keys of ${stack} on AWS`, () => {
        it("may be used by these principals, for these actions, under these conditions (D10)", async () => {
            const keys = ofType(await updated(stack, "aws"), key);
            assert.deepEqual(
                table(Object.keys(keys), (name) => rows(keys[name]?.["policy"])),
                users(stack, site),
            );
        });

        it("are rotated every 90 days, and deleted 30 days after the request (D7)", async () => {
            const keys = ofType(await updated(stack, "aws"), key);
            for (const [name, { policy, ...settings }] of Object.entries(keys)) {
                assert.equal(typeof policy, "string");
                assert.deepEqual(settings, {
                    description: descriptions[name],
                    enableKeyRotation: true,
                    rotationPeriodInDays: 90,
                    deletionWindowInDays: 30,
                });
            }
        });

        it("are protected where the stack has deletion protection (D7)", async () => {
            const { resources } = await sharedPlan(stack, "aws");
            const keys = resources.filter(({ type }) => type === key);
            const protects = keys.filter(({ options }) => options.protect === true).map(({ name }) => name);
            // Flow logs are recorded anew: their key may be deleted with the stack.
            const expected = Object.keys(users(stack, site)).filter((name) => name !== "network-flow-logs-key");
            assert.deepEqual(protects.sort(), site.locked ? expected.sort() : []);
        });
    });
}

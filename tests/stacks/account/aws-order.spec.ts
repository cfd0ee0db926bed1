import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { keptOf } from "./kept";
import { order, unusualOptions } from "./order";
import { awsSites } from "./sites";
import { stacks } from "./updated";

const settings = {
    encryption: "BucketServerSideEncryptionConfiguration",
    lifecycle: "BucketLifecycleConfiguration",
    lock: "BucketObjectLockConfiguration",
    logging: "BucketLogging",
    ownership: "BucketOwnershipControls",
    policy: "BucketPolicy",
    private: "BucketPublicAccessBlock",
    versioning: "BucketVersioning",
} as const;
type Setting = keyof typeof settings;

const setting = (bucket: string, suffix: Setting) => `${settings[suffix]} ${bucket}-${suffix}`;

interface Bucket {
    readonly key?: string;
    readonly locked?: boolean;
    /** Bucket of its access logs. */
    readonly log?: string;
}

/** A bucket and its settings: what has to exist before objects are written. */
function complete(bucket: string, { locked = false, log }: Bucket): string[] {
    const always = ["encryption", "lifecycle", "ownership", "policy", "private", "versioning"] as const;
    const more: Setting[] = [
        ...(locked ? (["lock"] as const) : []),
        ...(log === undefined ? [] : ["logging" as const]),
    ];
    return [`Bucket ${bucket}`, ...[...always, ...more].map((suffix) => setting(bucket, suffix))];
}

/** What each setting of a bucket waits for. */
function settingsOrder(bucket: string, { key, locked = false, log }: Bucket): Record<string, string[]> {
    const itself = `Bucket ${bucket}`;
    const of = (suffix: Setting) => setting(bucket, suffix);
    return {
        // So that it is deleted after the bucket, and not if the bucket's deletion fails.
        [itself]: key === undefined ? [] : [`Key ${key}`],
        [of("ownership")]: [itself],
        [of("private")]: [itself],
        [of("encryption")]: [itself, ...(key === undefined ? [] : [`Key ${key}`])],
        [of("versioning")]: [itself],
        [of("lifecycle")]: [itself, of("versioning")],
        // S3 rejects concurrent changes of a bucket's permissions.
        [of("policy")]: [itself, of("ownership"), of("private"), of("encryption")],
        ...(locked ? { [of("lock")]: [itself, of("versioning")] } : {}),
        ...(log === undefined ? {} : { [of("logging")]: [itself, ...complete(log, {})] }),
    };
}

function bucketsOf(stack: (typeof stacks)[number]): Record<string, Bucket> {
    const { primary, drRegion, locked } = awsSites[stack];
    const log = "storage-buckets-vault-access";
    return {
        ...(primary
            ? {
                  "audit-records": { key: "audit-key", locked, log },
                  "storage-buckets-logs": { key: "storage-buckets-logs-key", log },
                  "storage-buckets-vault-access": {},
                  "storage-buckets-vault-backup": { key: "storage-buckets-vault-key", locked, log },
              }
            : {}),
        ...(drRegion === undefined
            ? {}
            : {
                  "storage-buckets-copy-access": {},
                  "storage-buckets-copy-backup": {
                      key: "storage-buckets-copy-key",
                      locked,
                      log: "storage-buckets-copy-access",
                  },
              }),
    };
}

for (const stack of stacks) {
    const { primary, drRegion } = awsSites[stack];
    const buckets = bucketsOf(stack);
    const whole = (name: string) => complete(name, buckets[name] ?? {});
    const found = async (name: RegExp, type: RegExp) =>
        (await sharedPlan(stack, "aws")).resources.filter((one) => name.test(one.name) && type.test(one.type));

    describe(`the order of ${stack} on AWS`, () => {
        it("creates a bucket's settings before anything uses the bucket (D1, D2)", async () => {
            const resources = await found(/^(storage|audit)-/, /^aws:s3\/(?!bucketReplicationConfig)/);
            const expected = Object.entries(buckets).flatMap(([name, bucket]) =>
                Object.entries(settingsOrder(name, bucket)).map(([key, needs]) => [key, needs.sort()]),
            );
            assert.deepEqual(order(resources), Object.fromEntries(expected));
        });

        it("starts records and replication when buckets, keys and permissions are complete", async () => {
            const resources = await found(/^(storage|audit)/, /^aws:(cloudtrail|guardduty|iam|kms|s3\/bucketRepl)/);
            const name = "storage-buckets-replication";
            const keys = resources.filter(({ type }) => type === "aws:kms/key:Key").map((one) => `Key ${one.name}`);
            const [vault, copy] = ["storage-buckets-vault-backup", "storage-buckets-copy-backup"];
            const copyKey = "Key storage-buckets-copy-key";
            assert.deepEqual(order(resources), {
                ...Object.fromEntries(keys.map((key) => [key, []])),
                ...(primary
                    ? { "Trail audit": ["Key audit-key", ...whole("audit-records"), ...whole(vault)].sort() }
                    : {}),
                ...(stack === "dev"
                    ? {}
                    : {
                          "Detector audit-threats": [],
                          "DetectorFeature audit-threats-cluster": ["Detector audit-threats"],
                          "DetectorFeature audit-threats-objects": ["Detector audit-threats"],
                      }),
                ...(drRegion === undefined
                    ? {}
                    : {
                          [`Role ${name}`]: [],
                          [`RolePolicy ${name}`]: [copyKey, "Key storage-buckets-vault-key", `Role ${name}`],
                          [`BucketReplicationConfig ${name}`]: [
                              ...[...whole(vault), ...whole(copy)],
                              ...[copyKey, `Role ${name}`, `RolePolicy ${name}`],
                          ].sort(),
                      }),
            });
        });

        it("gives pods credentials when their role's policy exists (E11)", async () => {
            const resources = await found(/^(addons|nodes-karpenter)/, /^aws:(iam\/role|eks)/);
            const names = ["aws-load-balancer-controller", "cert-manager", "external-dns", "external-secrets"];
            const expected = names.flatMap((chart): [string, string[]][] => {
                const name = `addons-${chart}`;
                return [
                    [`PodIdentityAssociation ${name}`, ["Cluster cluster", `Role ${name}`, `RolePolicy ${name}`]],
                    [`Role ${name}`, ["Cluster cluster"]],
                    [`RolePolicy ${name}`, [`Role ${name}`]],
                ];
            });
            const karpenter = "nodes-karpenter-controller";
            assert.deepEqual(order(resources), {
                ...Object.fromEntries(expected),
                [`PodIdentityAssociation ${karpenter}`]: [
                    "Cluster cluster",
                    `Role ${karpenter}`,
                    `RolePolicy ${karpenter}`,
                ],
                [`Role ${karpenter}`]: ["Cluster cluster"],
                [`RolePolicy ${karpenter}`]: [
                    "Queue nodes-karpenter",
                    "Role cluster-nodes",
                    `Role ${karpenter}`,
                    "RolePolicyAttachment cluster-nodes-images",
                    "RolePolicyAttachment cluster-nodes-worker",
                ],
            });
        });

        it("installs charts when their credentials and events exist", async () => {
            const releases = await found(/./, /^kubernetes:helm\.sh/);
            const cloud = /^(PodIdentityAssociation|RolePolicy|Queue|QueuePolicy|EventRule) /;
            const needs = Object.entries(order(releases))
                .map(([release, all]) => [release, all.filter((one) => cloud.test(one))])
                .filter(([, all]) => all?.length !== 0);
            const association = "PodIdentityAssociation addons-";
            assert.deepEqual(Object.fromEntries(needs), {
                "Release aws-load-balancer-controller": [`${association}aws-load-balancer-controller`],
                "Release cert-manager": [`${association}cert-manager`],
                "Release external-dns": [`${association}external-dns`],
                "Release external-secrets": [`${association}external-secrets`],
                "Release karpenter": [
                    "PodIdentityAssociation nodes-karpenter-controller",
                    "Queue nodes-karpenter",
                    "QueuePolicy nodes-karpenter",
                ],
            });
        });

        it("leaves data and its keys in the cloud when the stack is destroyed, and nothing else (D7)", async () => {
            const { resources } = await sharedPlan(stack, "aws");
            const kept = keptOf(stack, "aws").map((one) => `${one}: retainOnDelete`);
            const options = unusualOptions(resources.filter(({ type }) => type.startsWith("aws:")));
            assert.deepEqual(options.filter((one) => one.endsWith(": retainOnDelete")).sort(), kept);
        });

        it("has no other option of data and accounts", async () => {
            const resources = await found(/^(storage|audit|addons|nodes)/, /^(aws:|kubernetes:(storage|snapshot))/);
            const others = unusualOptions(resources).filter((one) => !one.endsWith(": retainOnDelete"));
            assert.deepEqual(others, []);
        });
    });
}

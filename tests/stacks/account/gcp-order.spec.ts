import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { keptOf } from "./kept";
import { order, unusualOptions } from "./order";
import { gcpSites } from "./sites";
import { stacks } from "./updated";

/** A key with its ring and its only user. */
const keyOrder = (name: string, agents: string): Record<string, string[]> => ({
    [`KeyRing ${name}`]: [],
    [`CryptoKey ${name}`]: [`KeyRing ${name}`],
    [`CryptoKeyIAMMember ${name}`]: [`CryptoKey ${name}`, `ServiceIdentity ${agents}`],
});

/** A key that its user may use already. */
const usable = (name: string) => [`CryptoKey ${name}`, `CryptoKeyIAMMember ${name}`];

/** Access logs can be written. */
const loggable = ["Bucket storage-buckets-logs", "BucketIAMMember storage-buckets-recorder"];

const inPrimary: Readonly<Record<string, readonly string[]>> = {
    ...keyOrder("storage-buckets-backup", "storage-agents"),
    ...keyOrder("storage-buckets-logs", "storage-agents"),
    ...keyOrder("audit", "audit-agents"),
    "ServiceIdentity audit-agents": [],
    "Bucket storage-buckets-logs": usable("storage-buckets-logs"),
    "BucketIAMMember storage-buckets-recorder": ["Bucket storage-buckets-logs"],
    "Bucket storage-buckets-backup": [...loggable, ...usable("storage-buckets-backup")],
    "Bucket audit": [...loggable, ...usable("audit")],
    "ProjectSink audit": ["Bucket audit"],
    "BucketIAMMember audit-writer": ["Bucket audit", "ProjectSink audit"],
    "ProjectExclusion audit-cluster-reads": ["BucketIAMMember audit-writer"],
    "IAMAuditConfig audit-cloudkms": [],
    "IAMAuditConfig audit-container": [],
    "IAMAuditConfig audit-secretmanager": [],
    "IAMAuditConfig audit-storage": [],
};

for (const stack of stacks) {
    const found = async (name: RegExp, type: RegExp) =>
        (await sharedPlan(stack, "gcp")).resources.filter((one) => name.test(one.name) && type.test(one.type));

    describe(`the order of ${stack} on GCP`, () => {
        it("uses a key when its user may use it, and a bucket when logs can be written (SC-06, D1)", async () => {
            const resources = await found(/^(storage|audit)/, /^gcp:/);
            assert.deepEqual(order(resources), {
                ...keyOrder("storage-volumes", "storage-agents"),
                "ServiceIdentity storage-agents": [],
                ...(gcpSites[stack].primary ? inPrimary : {}),
            });
        });

        it("creates storage classes when volumes can be encrypted", async () => {
            const volumes = await found(/^storage/, /^kubernetes:/);
            const classes = ["fast-ssd", "hdd", "regional-ssd", "standard-ssd"];
            assert.deepEqual(order(volumes), {
                "VolumeSnapshotClass storage-snapshots-daily": [],
                "VolumeSnapshotClass storage-snapshots-keep": [],
                ...Object.fromEntries(
                    classes.map((name) => [`StorageClass storage-${name}`, usable("storage-volumes")]),
                ),
            });
        });

        it("grants permissions to accounts, and their use when the cluster's pool exists (G4)", async () => {
            const resources = await found(/^addons/, /^gcp:/);
            const grants = [
                ["addons-cert-manager", "find", "IAMMember"],
                ["addons-cert-manager", "challenges", "DnsManagedZoneIamMember"],
                ["addons-external-dns", "find", "IAMMember"],
                ["addons-external-dns", "records", "DnsManagedZoneIamMember"],
            ] as const;
            const accounts = ["addons-cert-manager", "addons-external-dns", "addons-external-secrets"];
            const secrets = "IAMMember addons-external-secrets-secrets";
            assert.deepEqual(order(resources), {
                ...Object.fromEntries(
                    accounts.flatMap((name): [string, string[]][] => [
                        [`Account ${name}`, []],
                        [`IAMMember ${name}-user`, [`Account ${name}`, "Cluster cluster"]],
                    ]),
                ),
                ...Object.fromEntries(
                    grants.flatMap(([account, key, kind]): [string, string[]][] => {
                        const role = `IAMCustomRole ${account}-${key}-role`;
                        return [
                            // Its unique id is in the role's.
                            [role, [`Account ${account}`]],
                            [`${kind} ${account}-${key}`, [`Account ${account}`, role]],
                        ];
                    }),
                ),
                [secrets]: ["Account addons-external-secrets"],
            });
        });

        it("installs charts when all their permissions are granted (SC-07)", async () => {
            const releases = await found(/./, /^kubernetes:helm\.sh/);
            const needs = Object.entries(order(releases))
                .map(([release, all]) => [release, all.filter((one) => /^(Account|.*Member) /i.test(one))])
                .filter(([, all]) => all?.length !== 0);
            assert.deepEqual(Object.fromEntries(needs), {
                "Release cert-manager": [
                    "Account addons-cert-manager",
                    "DnsManagedZoneIamMember addons-cert-manager-challenges",
                    "IAMMember addons-cert-manager-find",
                    "IAMMember addons-cert-manager-user",
                ],
                "Release external-dns": [
                    "Account addons-external-dns",
                    "DnsManagedZoneIamMember addons-external-dns-records",
                    "IAMMember addons-external-dns-find",
                    "IAMMember addons-external-dns-user",
                ],
                "Release external-secrets": [
                    "Account addons-external-secrets",
                    "IAMMember addons-external-secrets-secrets",
                    "IAMMember addons-external-secrets-user",
                ],
            });
        });

        it("leaves data and its keys in the cloud when the stack is destroyed, and nothing else (D7)", async () => {
            const { resources } = await sharedPlan(stack, "gcp");
            const kept = keptOf(stack, "gcp").map((one) => `${one}: retainOnDelete`);
            const options = unusualOptions(resources.filter(({ type }) => type.startsWith("gcp:")));
            assert.deepEqual(options.filter((one) => one.endsWith(": retainOnDelete")).sort(), kept);
        });

        it("has no other option of data and accounts", async () => {
            const resources = await found(/^(storage|audit|addons|nodes)/, /^(gcp:|kubernetes:(storage|snapshot))/);
            const others = unusualOptions(resources).filter((one) => !one.endsWith(": retainOnDelete"));
            assert.deepEqual(others, []);
        });
    });
}

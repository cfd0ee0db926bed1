import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { gcpSites } from "./sites";
import { ofType, stacks, updated } from "./updated";

const key = "gcp:kms/cryptoKey:CryptoKey";

/** Service agents of the project, by what they encrypt. */
const agents = {
    disks: "serviceAccount:service-42@compute-system.iam.gserviceaccount.com",
    objects: "serviceAccount:service-42@gs-project-accounts.iam.gserviceaccount.com",
    secrets: "serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com",
};

/** The key ring and the only user of each key of a stack. */
function users(stack: (typeof stacks)[number]): Record<string, readonly [ring: string, user: string]> {
    return {
        "cluster-keys-database": ["cluster-keys", agents.secrets],
        "cluster-keys-disks": ["cluster-keys", agents.disks],
        "storage-volumes": ["storage-volumes", agents.disks],
        ...(gcpSites[stack].primary
            ? {
                  audit: ["audit", agents.objects],
                  "storage-buckets-backup": ["storage-buckets-backup", agents.objects],
                  "storage-buckets-logs": ["storage-buckets-logs", agents.objects],
              }
            : {}),
    };
}

for (const stack of stacks) {
    const { project, region, twoRegions, primary, locked } = gcpSites[stack];
    const expected = Object.entries(users(stack));

    describe(`the KMS keys of ${stack} on GCP`, () => {
        it("may be used by one service agent each, to encrypt and decrypt (SC-06, D10)", async () => {
            const all = await updated(stack, "gcp");
            assert.deepEqual(
                ofType(all, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"),
                Object.fromEntries(
                    expected.map(([name, [, member]]) => [
                        name,
                        { cryptoKeyId: `${name}-id`, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
                    ]),
                ),
            );
            const kinds = all.map(({ type }) => type).filter((type) => type.startsWith("gcp:kms/"));
            assert.deepEqual([...new Set(kinds)].sort(), [
                key,
                "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
                "gcp:kms/keyRing:KeyRing",
            ]);
        });

        it("are rotated every 90 days, and destroyed 30 days after the request (D7)", async () => {
            assert.deepEqual(
                ofType(await updated(stack, "gcp"), key),
                Object.fromEntries(
                    expected.map(([name, [ring]]) => [
                        name,
                        {
                            keyRing: `${ring}-id`,
                            purpose: "ENCRYPT_DECRYPT",
                            rotationPeriod: "7776000s",
                            destroyScheduledDuration: "2592000s",
                        },
                    ]),
                ),
            );
        });

        it("are where the encrypted data is: volumes in the region, objects on the continent", async () => {
            const regional = { project, location: region };
            const objects = { project, location: twoRegions ? "us" : region };
            assert.deepEqual(ofType(await updated(stack, "gcp"), "gcp:kms/keyRing:KeyRing"), {
                "cluster-keys": regional,
                "storage-volumes": regional,
                ...(primary
                    ? { audit: objects, "storage-buckets-backup": objects, "storage-buckets-logs": objects }
                    : {}),
            });
        });

        it("are protected where the stack has deletion protection (D7)", async () => {
            const { resources } = await sharedPlan(stack, "gcp");
            const keys = resources.filter(({ type }) => type === key);
            assert.deepEqual(
                keys.filter(({ options }) => options.protect === true).map(({ name }) => name),
                locked ? keys.map(({ name }) => name) : [],
            );
        });
    });
}

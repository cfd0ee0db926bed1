import assert from "node:assert/strict";

import { accounts } from "./gcp-accounts";
import { gcpSites } from "./sites";
import { ofType, stacks, type StackName, updated } from "./updated";

/** The zone of each stack's domain. */
const zones: Readonly<Record<StackName, string>> = {
    dev: "dev-demo-yourdomain-com",
    staging: "staging-demo-yourdomain-com",
    prod: "demo-yourdomain-com",
    "prod-dr": "demo-yourdomain-com",
};

const changeRecords = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
];

/** Permissions of the stack's own roles. */
const customRoles: Readonly<Record<string, readonly string[]>> = {
    "addons-cert-manager-challenges": changeRecords,
    "addons-cert-manager-find": ["dns.managedZones.list"],
    "addons-external-dns-find": ["dns.managedZones.list"],
    "addons-external-dns-records": changeRecords,
};

const member = (account: string) => `serviceAccount:${account}@accounts`;
const own = (role: string) => `roles/own/${role}-role`;

for (const stack of stacks) {
    const { project, primary } = gcpSites[stack];
    const ownAccounts = Object.entries(accounts).filter(([, { ids }]) => ids[stack] !== undefined);

    describe(`the grants of ${stack} on GCP`, () => {
        it("let one Kubernetes service account use each Google account (G4, SC-07)", async () => {
            const all = await updated(stack, "gcp");
            const { "cluster-nodes": nodes, ...others } = ofType(all, "gcp:serviceaccount/account:Account");
            assert.equal(nodes?.["accountId"], `gke-nodes-${stack}`);
            assert.deepEqual(
                others,
                Object.fromEntries(
                    ownAccounts.map(([name, { ids, user }]) => [
                        name,
                        { project, accountId: ids[stack], displayName: `${user} of ${stack}` },
                    ]),
                ),
            );
            assert.deepEqual(
                ofType(all, "gcp:serviceaccount/iAMMember:IAMMember"),
                Object.fromEntries(
                    ownAccounts.map(([name, { user }]) => [
                        `${name}-user`,
                        {
                            serviceAccountId: `accounts/${name}`,
                            role: "roles/iam.workloadIdentityUser",
                            member: `serviceAccount:${project}.svc.id.goog[${user}]`,
                        },
                    ]),
                ),
            );
        });

        it("on the project are these, each of them needed there (D10, SC-04)", async () => {
            const expression = `resource.name.extract("/secrets/{name}").startsWith("ecommerce-platform-${stack}-")`;
            const grants = ofType(await updated(stack, "gcp"), "gcp:projects/iAMMember:IAMMember");
            const nodes = { project, member: member("cluster-nodes") };
            assert.deepEqual(grants, {
                "addons-cert-manager-find": {
                    project,
                    role: own("addons-cert-manager-find"),
                    member: member("addons-cert-manager"),
                },
                "addons-external-dns-find": {
                    project,
                    role: own("addons-external-dns-find"),
                    member: member("addons-external-dns"),
                },
                "addons-external-secrets-secrets": {
                    project,
                    role: "roles/secretmanager.secretAccessor",
                    member: member("addons-external-secrets"),
                    condition: { title: "only-its-own", expression },
                },
                "cluster-nodes-images": { ...nodes, role: "roles/artifactregistry.reader" },
                "cluster-nodes-node": { ...nodes, role: "roles/container.defaultNodeServiceAccount" },
            });
        });

        it("on a zone let two controllers change records (SV-18)", async () => {
            const grants = ofType(
                await updated(stack, "gcp"),
                "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember",
            );
            const zone = { project, managedZone: zones[stack] };
            assert.deepEqual(grants, {
                "addons-cert-manager-challenges": {
                    ...zone,
                    role: own("addons-cert-manager-challenges"),
                    member: member("addons-cert-manager"),
                },
                "addons-external-dns-records": {
                    ...zone,
                    role: own("addons-external-dns-records"),
                    member: member("addons-external-dns"),
                },
            });
        });

        it("use own roles with these permissions where predefined ones have more", async () => {
            const roles = ofType(await updated(stack, "gcp"), "gcp:projects/iAMCustomRole:IAMCustomRole");
            const suffix = { dev: "dev", staging: "staging", prod: "prod", "prod-dr": "prod_dr" }[stack];
            assert.deepEqual(
                roles,
                Object.fromEntries(
                    Object.entries(customRoles).map(([title, permissions]) => [
                        `${title}-role`,
                        {
                            project,
                            // Google reserves the id of a deleted role: a stack that is created again needs another one.
                            roleId: `${title.replaceAll("-", "_")}_${suffix}_654321`,
                            title,
                            permissions,
                        },
                    ]),
                ),
            );
        });

        it("on buckets let writers of records create objects, and PostgreSQL keep its backups (D3, SC-12, BK-03)", async () => {
            const role = "roles/storage.objectCreator";
            const bucket = (purpose: string) => `${project}-${primary ? stack : "prod"}-${purpose}`;
            const grants = ofType(await updated(stack, "gcp"), "gcp:storage/bucketIAMMember:BucketIAMMember");
            const [reads, writes] = ["roles/storage.objectViewer", "roles/storage.objectUser"];
            const lists = "roles/storage.legacyBucketReader";
            const under = (folder: string) => ({
                title: "only-its-own",
                expression: `resource.name.startsWith("projects/_/buckets/${bucket("backup")}/objects/${folder}/")`,
            });
            const condition = under("valkey-state");
            const of = (account: string) => ({ bucket: bucket("backup"), member: member(account) });
            assert.deepEqual(grants, {
                // A replica reads its primary's.
                "database-postgres-objects": { ...of("database-postgres"), role: primary ? writes : reads },
                "database-postgres-bucket": { ...of("database-postgres"), role: lists },
                ...(primary
                    ? {
                          "cache-backup-backup-objects": { ...of("cache-backup-backup"), role: writes, condition },
                          "cache-backup-backup-bucket": { ...of("cache-backup-backup"), role: lists },
                          "cache-backup-restore-objects": { ...of("cache-backup-restore"), role: reads, condition },
                          "cache-backup-restore-bucket": { ...of("cache-backup-restore"), role: lists },
                          "search-nodes-objects": {
                              ...of("search-nodes"),
                              role: writes,
                              condition: under("elasticsearch"),
                          },
                          "search-nodes-bucket": { ...of("search-nodes"), role: lists },
                          "database-retention-postgres-monthly-objects": {
                              ...of("database-retention-postgres-monthly"),
                              role: writes,
                          },
                          "database-retention-postgres-monthly-bucket": {
                              ...of("database-retention-postgres-monthly"),
                              role: lists,
                          },
                          "audit-writer": { bucket: bucket("audit"), role, member: "serviceAccount:sink-audit@sinks" },
                          "storage-buckets-recorder": {
                              bucket: bucket("logs"),
                              role,
                              member: "group:cloud-storage-analytics@google.com",
                          },
                      }
                    : {}),
            });
        });

        it("are of no other kind", async () => {
            const kinds = (await updated(stack, "gcp"))
                .map(({ type }) => type)
                .filter((type) => /iam|policy|acl|serviceaccount|accesscontrol/i.test(type) && type.startsWith("gcp:"));
            assert.deepEqual([...new Set(kinds)].sort(), [
                ...(primary ? ["gcp:binaryauthorization/policy:Policy"] : []),
                "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember",
                "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
                ...(primary ? ["gcp:projects/iAMAuditConfig:IAMAuditConfig"] : []),
                "gcp:projects/iAMCustomRole:IAMCustomRole",
                "gcp:projects/iAMMember:IAMMember",
                "gcp:serviceaccount/account:Account",
                "gcp:serviceaccount/iAMMember:IAMMember",
                "gcp:storage/bucketIAMMember:BucketIAMMember",
            ]);
        });
    });
}

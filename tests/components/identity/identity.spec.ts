import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { cloudIdentity } from "../../../components/identity";
import { googleAccountId } from "../../../components/identity/gcp/workload-identity";
import {
    dnsChallenges,
    dnsRecords,
    googleZone,
    objectsOf,
    secretPrefix,
    secretsUnder,
} from "../../../components/addons/permissions";
import type { Permissions } from "../../../components/identity/types";
import type { Cloud } from "../../../config/schema";
import type { JsonObject } from "../../../tools/plan";
import { configOf, created, createdOne, planned } from "../layers";

const domain = "shop.example.com";

function identity(cloud: Cloud, permissions: Permissions) {
    const args = { config: configOf(cloud, "prod"), namespace: "security", serviceAccount: "robot", permissions };
    return cloudIdentity("robot", { ...args, cluster: { name: pulumi.output("ecommerce") } });
}

const outputs = {
    "gcp:serviceaccount/account:Account": {
        email: "robot@x",
        member: "serviceAccount:robot@x",
        name: "accounts/robot",
        uniqueId: "100000000000000654321",
    },
    "gcp:projects/iAMCustomRole:IAMCustomRole": { name: "projects/shop-project/roles/own" },
    "aws:iam/role:Role": { arn: "arn:role", name: "robot-1" },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {},
};

async function policy(permissions: Permissions): Promise<JsonObject[]> {
    const all = await created(() => identity("aws", permissions), outputs);
    const text = createdOne(all, "aws:iam/rolePolicy:RolePolicy", "robot")["policy"] as string;
    return (JSON.parse(text) as { Statement: JsonObject[] }).Statement;
}

async function grants(permissions: Permissions): Promise<unknown[]> {
    const all = await created(() => identity("gcp", permissions), outputs);
    return all
        .filter(({ type, name }) => /IAMMember|IamMember/.test(type) && name !== "robot-user")
        .map(({ type, inputs }) => {
            const { role, member, project, ...on } = inputs;
            assert.equal(member, "serviceAccount:robot@x");
            assert.ok(project === undefined || project === "shop-project");
            return [type.split(":").pop() ?? "", role, on];
        })
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const changes = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
];

describe("a cloud identity", () => {
    it("is one account of one namespace on GCP (G4, SC-07)", async () => {
        let annotations: unknown;
        const all = await created(() => {
            identity("gcp", dnsRecords({ domain })).annotations.apply((value) => (annotations = value));
        }, outputs);
        assert.deepEqual(createdOne(all, "gcp:serviceaccount/iAMMember:IAMMember", "robot-user"), {
            serviceAccountId: "accounts/robot",
            role: "roles/iam.workloadIdentityUser",
            member: "serviceAccount:shop-project.svc.id.goog[security/robot]",
        });
        assert.deepEqual(annotations, { "iam.gke.io/gcp-service-account": "robot@x" });
        // No key is created, which could be copied (D10).
        assert.ok(all.every(({ type }) => !type.includes("serviceaccount/key")));
    });

    it("has a valid and unique account id on GCP", () => {
        const ids = ["prod", "dev"].flatMap((stack) =>
            ["external-secrets-webhook-controller", "robot"].flatMap((serviceAccount) =>
                ["a", "b"].map((namespace) => googleAccountId({ stack, namespace, serviceAccount })),
            ),
        );
        assert.equal(new Set(ids).size, 8);
        assert.ok(
            ids.every((id) => /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(id)),
            ids.join(", "),
        );
    });

    it("is one service account of one cluster on AWS (E11, SC-07)", async () => {
        let annotations: unknown;
        const all = await created(() => {
            identity("aws", dnsRecords({ domain })).annotations.apply((value) => (annotations = value));
        }, outputs);
        const trust = createdOne(all, "aws:iam/role:Role", "robot")["assumeRolePolicy"] as string;
        assert.deepEqual((JSON.parse(trust) as JsonObject)["Statement"], [
            {
                Effect: "Allow",
                Principal: { Service: "pods.eks.amazonaws.com" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Condition: {
                    StringEquals: {
                        "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:123456789012:cluster/ecommerce",
                        "aws:RequestTag/kubernetes-namespace": "security",
                        "aws:RequestTag/kubernetes-service-account": "robot",
                    },
                },
            },
        ]);
        assert.deepEqual(createdOne(all, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "robot"), {
            clusterName: "ecommerce",
            namespace: "security",
            serviceAccount: "robot",
            roleArn: "arn:role",
        });
        assert.deepEqual(annotations, {});
    });

    it("is not created on an existing cluster", async () => {
        assert.deepEqual(await planned(() => identity("existing", dnsRecords({ domain }))), []);
    });
});

describe("the permissions of an identity", () => {
    it("of external-dns: the domain's records, in one zone", async () => {
        const all = await created(() => identity("gcp", dnsRecords({ domain })), outputs);
        const role = createdOne(all, "gcp:projects/iAMCustomRole:IAMCustomRole", "robot-records-role");
        assert.deepEqual([role["roleId"], role["permissions"]], ["robot_records_prod_654321", changes]);
        const find = createdOne(all, "gcp:projects/iAMCustomRole:IAMCustomRole", "robot-find-role");
        assert.deepEqual(find["permissions"], ["dns.managedZones.list"]);
        assert.deepEqual(await grants(dnsRecords({ domain })), [
            ["DnsManagedZoneIamMember", "projects/shop-project/roles/own", { managedZone: "shop-example-com" }],
            ["IAMMember", "projects/shop-project/roles/own", {}],
        ]);
        assert.equal(googleZone("demo.yourdomain.com"), "demo-yourdomain-com");
        assert.deepEqual(await policy(dnsRecords({ domain })), [
            {
                Effect: "Allow",
                Action: ["route53:ChangeResourceRecordSets"],
                Resource: ["arn:aws:route53:::hostedzone/*"],
                Condition: {
                    "ForAllValues:StringLike": {
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [domain, `*.${domain}`],
                    },
                },
            },
            {
                Effect: "Allow",
                Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
                Resource: ["arn:aws:route53:::hostedzone/*"],
            },
            { Effect: "Allow", Action: ["route53:ListHostedZones"], Resource: ["*"] },
        ]);
    });

    it("of cert-manager: the records of its challenges only", async () => {
        assert.deepEqual(await grants(dnsChallenges({ domain })), [
            ["DnsManagedZoneIamMember", "projects/shop-project/roles/own", { managedZone: "shop-example-com" }],
            ["IAMMember", "projects/shop-project/roles/own", {}],
        ]);
        assert.deepEqual(await policy(dnsChallenges({ domain })), [
            {
                Effect: "Allow",
                Action: ["route53:ChangeResourceRecordSets"],
                Resource: ["arn:aws:route53:::hostedzone/*"],
                Condition: {
                    "ForAllValues:StringLike": {
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
                            `_acme-challenge.${domain}`,
                            `_acme-challenge.*.${domain}`,
                        ],
                    },
                    "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
                },
            },
            {
                Effect: "Allow",
                Action: ["route53:ListResourceRecordSets"],
                Resource: ["arn:aws:route53:::hostedzone/*"],
            },
            { Effect: "Allow", Action: ["route53:GetChange"], Resource: ["arn:aws:route53:::change/*"] },
            { Effect: "Allow", Action: ["route53:ListHostedZonesByName"], Resource: ["*"] },
        ]);
    });

    it("of external-secrets: reads the stack's secrets by name prefix (SC-04)", async () => {
        const prefix = secretPrefix("prod");
        assert.equal(prefix, "ecommerce-platform-prod-");
        const permissions = secretsUnder(prefix, { account: "123456789012", region: "us-east-1" });
        const expression = 'resource.name.extract("/secrets/{name}").startsWith("ecommerce-platform-prod-")';
        assert.deepEqual(await grants(permissions), [
            ["IAMMember", "roles/secretmanager.secretAccessor", { condition: { title: "only-its-own", expression } }],
        ]);
        assert.deepEqual(await policy(permissions), [
            {
                Effect: "Allow",
                Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                Resource: ["arn:aws:secretsmanager:us-east-1:123456789012:secret:ecommerce-platform-prod-*"],
            },
        ]);
    });

    it("of backups: the objects of one bucket, and its key where it has one", async () => {
        assert.deepEqual(await grants(objectsOf({ bucket: "backups" })), [
            ["BucketIAMMember", "roles/storage.legacyBucketReader", { bucket: "backups" }],
            ["BucketIAMMember", "roles/storage.objectUser", { bucket: "backups" }],
        ]);
        const statements = await policy(objectsOf({ bucket: "backups", keyArn: "arn:key" }));
        assert.deepEqual(statements, [
            {
                Effect: "Allow",
                Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                Resource: ["arn:aws:s3:::backups"],
            },
            {
                Effect: "Allow",
                Action: [
                    "s3:AbortMultipartUpload",
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListMultipartUploadParts",
                    "s3:PutObject",
                ],
                Resource: ["arn:aws:s3:::backups/*"],
            },
            { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: ["arn:key"] },
        ]);
        assert.equal((await policy(objectsOf({ bucket: "backups" }))).length, 2);
    });
});

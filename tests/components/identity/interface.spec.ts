import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { cloudIdentity } from "../../../components/identity";
import { googleAccountId } from "../../../components/identity/gcp/workload-identity";
import { dnsChallenges, dnsRecords, objectsOf, secretsUnder } from "../../../components/addons/permissions";
import type { Permissions } from "../../../components/identity/types";
import type { Cloud } from "../../../config/schema";
import { configOf } from "../layers";
import { probe } from "../probe";

const outputs = {
    "gcp:serviceaccount/account:Account": {
        email: "robot@x",
        member: "serviceAccount:robot@x",
        name: "accounts/x",
        uniqueId: "100654321",
    },
    "gcp:projects/iAMCustomRole:IAMCustomRole": { name: "roles/own" },
};

const annotationsOf = (cloud: Cloud, permissions: Permissions) =>
    probe(() => {
        const { annotations } = cloudIdentity("robot", {
            config: configOf(cloud, "prod"),
            namespace: "security",
            serviceAccount: "robot",
            permissions,
            cluster: { name: pulumi.output("ecommerce") },
        });
        return { annotations };
    }, outputs);

describe("the annotations of a cloud identity", () => {
    it("name the Google account when all its permissions are granted (SC-07)", async () => {
        assert.deepEqual(await annotationsOf("gcp", dnsRecords({ domain: "shop.example.com" })), {
            annotations: {
                value: { "iam.gke.io/gcp-service-account": "robot@x" },
                waitsFor: [
                    "Account robot",
                    "DnsManagedZoneIamMember robot-records",
                    "IAMMember robot-find",
                    "IAMMember robot-user",
                ],
            },
        });
        const { annotations } = await annotationsOf("gcp", objectsOf({ bucket: "backups" }));
        assert.deepEqual(annotations?.waitsFor, [
            "Account robot",
            "BucketIAMMember robot-bucket",
            "BucketIAMMember robot-objects",
            "IAMMember robot-user",
        ]);
    });

    it("are empty on AWS, when the association exists", async () => {
        const { annotations } = await annotationsOf("aws", dnsRecords({ domain: "shop.example.com" }));
        assert.deepEqual(annotations, { value: {}, waitsFor: ["PodIdentityAssociation robot"] });
    });

    it("are empty on an existing cluster", async () => {
        const { annotations } = await annotationsOf("existing", dnsRecords({ domain: "shop.example.com" }));
        assert.deepEqual(annotations, { value: {}, waitsFor: [] });
    });
});

describe("the id of a Google account", () => {
    const id = (stack: string, namespace: string, serviceAccount: string) =>
        googleAccountId({ stack, namespace, serviceAccount });

    it("has the service account's name, at most 20 characters, and a hash of stack, namespace and name", () => {
        assert.equal(id("prod", "security", "robot"), "id-robot-0adeb3");
        assert.equal(id("dev", "security", "robot"), "id-robot-280d6d");
        assert.equal(id("prod", "ingress", "robot"), "id-robot-ce93b3");
        assert.equal(id("prod", "security", "external-secrets-webhook-controller"), "id-external-secrets-web-5561d3");
    });

    it("has a dash for each character that Google does not allow, and none at the end", () => {
        assert.equal(id("prod", "security", "my_robot.v2"), "id-my-robot-v2-23aed4");
        assert.equal(id("prod", "security", "a-robot-with-a-name--that-is-long"), "id-a-robot-with-a-name-5e41f9");
    });
});

describe("the permissions of an identity on Google Cloud", () => {
    const zone = { kind: "zone", zone: "shop-example-com" };
    const change = [
        "dns.changes.create",
        "dns.changes.get",
        "dns.changes.list",
        "dns.resourceRecordSets.create",
        "dns.resourceRecordSets.delete",
        "dns.resourceRecordSets.get",
        "dns.resourceRecordSets.list",
        "dns.resourceRecordSets.update",
    ];
    const find = { key: "find", role: ["dns.managedZones.list"], on: { kind: "project" } };

    it("are these roles on these resources (D10)", () => {
        const domain = "shop.example.com";
        assert.deepEqual(dnsRecords({ domain }).google, [{ key: "records", role: change, on: zone }, find]);
        assert.deepEqual(dnsChallenges({ domain }).google, [{ key: "challenges", role: change, on: zone }, find]);
        const condition = 'resource.name.extract("/secrets/{name}").startsWith("x-")';
        assert.deepEqual(secretsUnder("x-", { account: "1", region: "r" }).google, [
            { key: "secrets", role: "roles/secretmanager.secretAccessor", on: { kind: "project", condition } },
        ]);
        const on = { kind: "bucket", bucket: "backups" };
        assert.deepEqual(objectsOf({ bucket: "backups" }).google, [
            { key: "objects", role: "roles/storage.objectUser", on },
            { key: "bucket", role: "roles/storage.legacyBucketReader", on },
        ]);
    });
});

import assert from "node:assert/strict";

import type { JsonObject } from "../../../tools/plan";
import { inputOf, inputsOf } from "../deployed";
import { type Deployed, deployment, inLayer } from "../deployment";

const project = "shop-project";

/** Add-ons with permissions, and their namespaces. */
const namespaces = {
    "cert-manager": "security",
    "external-dns": "ingress",
    "external-secrets": "security",
    "aws-load-balancer-controller": "ingress",
} as const;

describe("the identities of the add-ons on AWS (E11, SC-07)", () => {
    let addons: readonly Deployed[];
    before(async () => {
        addons = inLayer(await deployment("aws", "prod"), "addons");
    });

    it("are bound to one service account each, of this cluster", () => {
        const entries = Object.entries(namespaces);
        assert.deepEqual(
            inputsOf(addons, "aws:eks/podIdentityAssociation:PodIdentityAssociation"),
            Object.fromEntries(
                entries.map(([name, namespace]) => [
                    `addons-${name}`,
                    {
                        clusterName: "ecommerce-eks-prod",
                        namespace,
                        serviceAccount: name,
                        roleArn: `arn:addons-${name}`,
                    },
                ]),
            ),
        );
        const roles = inputsOf(addons, "aws:iam/role:Role");
        assert.deepEqual(
            Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, role["description"]])),
            Object.fromEntries(entries.map(([name, namespace]) => [`addons-${name}`, `${namespace}/${name} of prod`])),
        );
    });

    it("have the permissions of their add-on", () => {
        const change = { Effect: "Allow", Action: ["route53:ChangeResourceRecordSets"] };
        const zones = { Resource: ["arn:aws:route53:::hostedzone/*"] };
        const names = (...list: readonly string[]) => ({
            "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": list },
        });
        const challenge = names("_acme-challenge.demo.example.com", "_acme-challenge.*.demo.example.com");
        const txt = { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] } };
        const statements = (name: string) => {
            const policy = inputOf(addons, "aws:iam/rolePolicy:RolePolicy", `addons-${name}`);
            assert.equal(policy["role"], `addons-${name}-name`);
            return (policy["policy"] as JsonObject)["Statement"] as readonly JsonObject[];
        };
        assert.deepEqual(statements("cert-manager")[0], { ...change, ...zones, Condition: { ...challenge, ...txt } });
        const own = names("demo.example.com", "*.demo.example.com");
        assert.deepEqual(statements("external-dns")[0], { ...change, ...zones, Condition: own });
        assert.deepEqual(statements("external-secrets"), [
            {
                Effect: "Allow",
                Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                Resource: ["arn:aws:secretsmanager:us-east-1:123456789012:secret:ecommerce-platform-prod-*"],
            },
        ]);
        const groups = ["arn:aws:ec2:us-east-1:123456789012:security-group/*"];
        const tagged = (key: string, value: string) => ({ StringEquals: { [key]: value } });
        const balancer = statements("aws-load-balancer-controller");
        assert.deepEqual(
            balancer.find(({ Action }) => JSON.stringify(Action) === '["ec2:DeleteSecurityGroup"]'),
            {
                Effect: "Allow",
                Action: ["ec2:DeleteSecurityGroup"],
                Resource: groups,
                Condition: tagged("aws:ResourceTag/elbv2.k8s.aws/cluster", "ecommerce-eks-prod"),
            },
        );
        assert.deepEqual(
            balancer[0]?.["Condition"],
            tagged("aws:RequestedRegion", "us-east-1"),
            "describes resources of its region only",
        );
    });
});

describe("the identities of the add-ons on GCP (G4, SC-07)", () => {
    let addons: readonly Deployed[];
    before(async () => {
        addons = inLayer(await deployment("gcp", "prod"), "addons");
    });
    const own = ["cert-manager", "external-dns", "external-secrets"] as const;

    it("are Google accounts that one service account each may use", () => {
        const users = inputsOf(addons, "gcp:serviceaccount/iAMMember:IAMMember");
        const expected = own.map((name) => [
            `addons-${name}-user`,
            {
                serviceAccountId: `addons-${name}-name`,
                role: "roles/iam.workloadIdentityUser",
                member: `serviceAccount:${project}.svc.id.goog[${namespaces[name]}/${name}]`,
            },
        ]);
        assert.deepEqual(users, Object.fromEntries(expected));
        const accounts = inputsOf(addons, "gcp:serviceaccount/account:Account");
        assert.deepEqual(Object.keys(accounts), [
            "addons-cert-manager",
            "addons-external-dns",
            "addons-external-secrets",
        ]);
        for (const name of own) {
            const { displayName, project: of } = accounts[`addons-${name}`] ?? {};
            assert.deepEqual([displayName, of], [`${namespaces[name]}/${name} of prod`, project]);
        }
    });

    it("have the permissions of their add-on", () => {
        const member = (name: string) => ({ project, member: `serviceAccount:addons-${name}@shop` });
        const managedZone = "demo-example-com";
        assert.deepEqual(inputsOf(addons, "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember"), {
            "addons-cert-manager-challenges": {
                ...member("cert-manager"),
                managedZone,
                role: "addons-cert-manager-challenges-role-name",
            },
            "addons-external-dns-records": {
                ...member("external-dns"),
                managedZone,
                role: "addons-external-dns-records-role-name",
            },
        });
        assert.deepEqual(inputsOf(addons, "gcp:projects/iAMMember:IAMMember"), {
            "addons-cert-manager-find": { ...member("cert-manager"), role: "addons-cert-manager-find-role-name" },
            "addons-external-dns-find": { ...member("external-dns"), role: "addons-external-dns-find-role-name" },
            "addons-external-secrets-secrets": {
                ...member("external-secrets"),
                role: "roles/secretmanager.secretAccessor",
                condition: {
                    title: "only-its-own",
                    expression: 'resource.name.extract("/secrets/{name}").startsWith("ecommerce-platform-prod-")',
                },
            },
        });
    });
});

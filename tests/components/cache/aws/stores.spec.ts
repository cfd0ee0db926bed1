import assert from "node:assert/strict";

import { elastiCacheId } from "../../../../components/cache/aws/users";
import type { JsonObject } from "../../../../tools/plan/json";
import { inputOf, inputsOf } from "../../deployed";
import { inLayer } from "../../deployment";
import { configOf, declaredOf } from "../../layers";
import { managedCaches, overwrites, rights } from "../managed";

describe("what surrounds ElastiCache's clusters", () => {
    it("puts them into the private subnets", async () => {
        const { resources } = await managedCaches("aws", "prod");
        assert.deepEqual(inputsOf(resources, "aws:elasticache/subnetGroup:SubnetGroup"), {
            "elasticache-access": {
                description: "Private subnets of the nodes",
                subnetIds: ["use1-az1", "use1-az2", "use1-az4"].map((zone) => `network-private-${zone}-id`),
            },
        });
    });

    it("admits the cluster's nodes and pods only (D9)", async () => {
        const own = inLayer(await managedCaches("aws", "prod"), "cache");
        assert.deepEqual(inputsOf(own, "aws:ec2/securityGroup:SecurityGroup"), {
            "elasticache-access": { description: "Nodes and pods of the cluster to Valkey", vpcId: "network-id" },
        });
        assert.deepEqual(inputsOf(own, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), {
            "elasticache-access": {
                securityGroupId: "elasticache-access-id",
                ipProtocol: "tcp",
                fromPort: 6379,
                toPort: 6379,
                referencedSecurityGroupId: "sg-pods",
            },
        });
    });

    it("encrypts them with a key of their own, through ElastiCache only (D2, D7)", async () => {
        const own = inLayer(await managedCaches("aws", "prod"), "cache");
        const { policy, ...key } = inputOf(own, "aws:kms/key:Key", "elasticache-key");
        assert.deepEqual(key, {
            description: "Stored data and snapshots of the managed caches",
            enableKeyRotation: true,
            rotationPeriodInDays: 90,
            deletionWindowInDays: 30,
        });
        const [account, service] = (policy as JsonObject)["Statement"] as readonly JsonObject[];
        assert.deepEqual(account?.["Principal"], { AWS: "arn:aws:iam::123456789012:root" });
        assert.deepEqual(service?.["Condition"], {
            StringEquals: {
                "kms:CallerAccount": "123456789012",
                "kms:ViaService": "elasticache.us-east-1.amazonaws.com",
            },
        });
    });

    it("has a user for each caller, with its own keys and a secret password (SC-05, SC-07)", async () => {
        const { resources } = await managedCaches("aws", "prod");
        const user = (store: string, name: string, keys: string, allowed = rights) => ({
            engine: "valkey",
            userId: `ecommerce-prod-${store}-${name}`,
            userName: name,
            accessString: `on resetchannels ${keys} ${allowed}`,
            passwords: { secret: [`password of ${store}-users-${name}`] },
        });
        assert.deepEqual(inputsOf(resources, "aws:elasticache/user:User"), {
            "valkey-state-users-user": user("valkey-state", "user", "~sessions:*"),
            "valkey-state-users-order": user("valkey-state", "order", "~carts:*"),
            "valkey-cache-users-product": user("valkey-cache", "product", "~search-results:* ~popular-products:*"),
            "valkey-cache-users-cache-warm": user("valkey-cache", "cache-warm", "~popular-products:*", overwrites),
        });
        assert.deepEqual(inputsOf(resources, "aws:elasticache/userGroup:UserGroup"), {
            "valkey-state-users": {
                engine: "valkey",
                userGroupId: "ecommerce-prod-valkey-state",
                userIds: ["ecommerce-prod-valkey-state-user", "ecommerce-prod-valkey-state-order"],
            },
            "valkey-cache-users": {
                engine: "valkey",
                userGroupId: "ecommerce-prod-valkey-cache",
                userIds: ["ecommerce-prod-valkey-cache-product", "ecommerce-prod-valkey-cache-cache-warm"],
            },
        });
    });

    it("has ids of letters, digits and dashes", () => {
        assert.equal(elastiCacheId("Team_1.test", "valkey-state"), "ecommerce-team-1-test-valkey-state");
    });

    it("writes passwords into the callers' Secrets and nowhere else in plain text (SC-05)", async () => {
        const { resources } = await managedCaches("aws", "prod");
        const encoded = Buffer.from("password of valkey-state-users-user").toString("base64");
        const holders = resources
            .filter(({ inputs, outputs }) => {
                const text = JSON.stringify([inputs, outputs ?? {}]);
                return text.includes("password of valkey-state-users-user") || text.includes(encoded);
            })
            .map(({ title, inputs }) => [title, JSON.stringify(inputs).includes('"secret"')]);
        assert.deepEqual(holders.sort(), [
            ["Secret valkey-state-users-user-services", true],
            ["User valkey-state-users-user", true],
        ]);
    });

    it("is reached at its port by its callers (NW-05, NW-06)", async () => {
        const { resources } = await managedCaches("aws", "prod");
        const policies = inputsOf(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const callers = Object.entries(policies).flatMap(([name, { spec }]) => {
            const { egress = [] } = spec as unknown as { egress?: readonly unknown[] };
            const rule = {
                ports: [{ port: 6379, protocol: "TCP" }],
                to: [{ ipBlock: { cidr: "10.40.0.0/16" } }],
            };
            return egress.some((one) => JSON.stringify(one) === JSON.stringify(rule)) ? [name] : [];
        });
        assert.deepEqual(callers.sort(), ["cache-warm-policy", "order-policy", "product-policy", "user-policy"]);
    });

    it("declares Memcached's pods alone (CA-02)", () => {
        const { pods, stores } = declaredOf(configOf("aws", "prod", { cache: { kind: "elasticache" } }));
        assert.deepEqual(
            pods.filter(({ namespace }) => namespace === "cache").map(({ name }) => name),
            ["memcached"],
        );
        const outside = { kind: "outside", port: 6379, range: "10.40.0.0/16" };
        assert.deepEqual([stores["valkey-state"], stores["valkey-cache"]], [outside, outside]);
    });
});

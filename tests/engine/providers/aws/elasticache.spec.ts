import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { aws } from "./cloud";
import { SETTINGS } from "./fixtures";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USER = "aws:elasticache/user:User";
const USERS = "aws:elasticache/userGroup:UserGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";

const group: Bag = {
    description: "shop",
    replicationGroupId: "shop",
    engine: "valkey",
    engineVersion: "9.0",
    nodeType: "cache.m7g.large",
    clusterMode: "enabled",
    replicasPerNodeGroup: 1,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    transitEncryptionEnabled: true,
};
const user: Bag = {
    engine: "valkey",
    userId: "shop-order",
    userName: "order",
    accessString: "on ~carts:* -@all +get",
    passwords: ["0123456789abcdef"],
};
const durable = (what: string): string => `InvalidParameterCombination: durability sync does not support the ${what}`;

describe("engine stand-ins: ElastiCache", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses cluster mode without automatic failover",
            type: GROUP,
            inputs: { ...group, automaticFailoverEnabled: false, multiAzEnabled: false },
            message:
                "InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off.",
        },
        {
            what: "refuses users without TLS",
            type: GROUP,
            inputs: { ...group, transitEncryptionEnabled: false, userGroupIds: ["shop"] },
            message:
                "InvalidParameterCombination: User group based access control requires encryption-in-transit to be enabled.",
        },
        {
            what: "refuses two user groups",
            type: GROUP,
            inputs: { ...group, userGroupIds: ["one", "two"] },
            message: "Too many list items: user_group_ids has at most 1",
        },
        {
            what: "refuses several zones without automatic failover",
            type: GROUP,
            inputs: { ...group, clusterMode: "disabled", automaticFailoverEnabled: false },
            message: "automatic_failover_enabled must be true if multi_az_enabled is true",
        },
        {
            what: "refuses durable writes on a burstable node",
            type: GROUP,
            inputs: { ...group, durability: "sync", nodeType: "cache.t4g.small" },
            message: durable("node type cache.t4g.small"),
        },
        {
            what: "refuses durable writes before Valkey 9.0, in one zone and without a replica",
            type: GROUP,
            inputs: {
                ...group,
                durability: "sync",
                engineVersion: "8.2",
                multiAzEnabled: false,
                replicasPerNodeGroup: 0,
            },
            message: [durable("engine version"), durable("Multi-AZ"), durable("replicas")].join("; "),
        },
        {
            what: "refuses a parameter group, a subnet group and users that do not exist",
            type: GROUP,
            inputs: { ...group, parameterGroupName: "shop", subnetGroupName: "private", userGroupIds: ["callers"] },
            message:
                "CacheParameterGroupNotFound: shop not found.; CacheSubnetGroupNotFoundFault: private not found.; " +
                "UserGroupNotFound: callers not found.",
        },
        {
            what: "refuses a key id instead of an ARN",
            type: GROUP,
            inputs: { ...group, kmsKeyId: "0123456789abcdef0" },
            message: '"kmsKeyId" (0123456789abcdef0) is an invalid ARN: arn: invalid prefix',
        },
        {
            what: "refuses an access string that resets the user",
            type: USER,
            inputs: { ...user, accessString: "reset on ~* +@all" },
            message: "InvalidParameterValue: the access string must not contain reset",
        },
        {
            what: "refuses a password in an access string",
            type: USER,
            inputs: { ...user, accessString: "on >secret ~* +@all" },
            message: "InvalidParameterValue: the access string must not contain >secr",
        },
        {
            what: "refuses a short password",
            type: USER,
            inputs: { ...user, passwords: ["short"] },
            message: "InvalidParameterValue: a password has 16 to 128 characters, not 5",
        },
        {
            what: "refuses a user's id that begins with a digit",
            type: USER,
            inputs: { ...user, userId: "1-order" },
            message: "InvalidParameterValue: The parameter UserId is not valid: 1-order",
        },
        {
            what: "refuses a group with a user that does not exist",
            type: USERS,
            inputs: { engine: "valkey", userGroupId: "shop", userIds: ["shop-order"] },
            message: "UserNotFound: User shop-order not found.",
        },
        {
            what: "refuses a group with two users of one name",
            type: USERS,
            inputs: { engine: "valkey", userGroupId: "shop", userIds: ["shop-order", "other"] },
            before: [
                { type: USER, name: "order", inputs: user },
                { type: USER, name: "other", inputs: { ...user, userId: "other" } },
            ],
            message: "DuplicateUserName: there are two users of the name order",
        },
        {
            what: "refuses an unknown policy for a full memory",
            type: PARAMETERS,
            inputs: { family: "valkey9", parameters: [{ name: "maxmemory-policy", value: "lru" }] },
            message: "InvalidParameterValue: The parameter maxmemory-policy has the invalid value lru",
        },
    ]);

    it("returns the configuration endpoint of a cluster", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const created = await createIn(provider, targetOf(GROUP), { ...group, durability: "sync" });
        assert.equal(created["arn"], "arn:aws:elasticache:us-east-1:111111111111:replicationgroup:shop");
        assert.match(
            created["configurationEndpointAddress"] as string,
            /^clustercfg\.shop\.[0-9a-f]{7}\.us-east-1\.cache\.amazonaws\.com$/,
        );
    });
});

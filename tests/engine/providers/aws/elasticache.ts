import type { ResourceType, RuleContext } from "../core/cloud";
import { generatedSuffix } from "../core/names";
import { bagsAt, isUnknown, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { accountOf, arnErrors, region, regionOf, tagErrors, tagsAll } from "./common";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USER = "aws:elasticache/user:User";
const USERS = "aws:elasticache/userGroup:UserGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";

const arn =
    (kind: string) =>
    (inputs: Bag, id: string, context: RuleContext): string =>
        `arn:aws:elasticache:${regionOf(inputs, context)}:${accountOf(context)}:${kind}:${id}`;

/** Families with durable writes: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Limitations.html */
const DURABLE = /^cache\.(r8g|r7g|r6g|m8g|m7g|m6g|c8gn|c7gn)\./;

/** The same page: Valkey 9.0 in cluster mode, several zones, a replica a shard, TLS. The messages are not documented. */
function durabilityErrors(inputs: Bag): string[] {
    const durability = stringAt(inputs, "durability") ?? "default";
    if (durability !== "sync" && durability !== "async") {
        return [];
    }
    const type = stringAt(inputs, "nodeType") ?? "";
    const missing = [
        ...(DURABLE.test(type) ? [] : [`node type ${type}`]),
        ...(Number(stringAt(inputs, "engineVersion") ?? "0") >= 9 ? [] : ["engine version"]),
        ...(inputs["multiAzEnabled"] === true ? [] : ["Multi-AZ"]),
        ...((numberAt(inputs, "replicasPerNodeGroup") ?? 0) > 0 ? [] : ["replicas"]),
        ...(inputs["transitEncryptionEnabled"] === true ? [] : ["in-transit encryption"]),
    ];
    return missing.map((what) => `InvalidParameterCombination: durability ${durability} does not support the ${what}`);
}

/**
 * Cluster mode needs automatic failover, and several zones need it too: the documentation of the provider's inputs. RBAC
 * needs TLS: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
function groupErrors(inputs: Bag): string[] {
    const failover = inputs["automaticFailoverEnabled"] === true;
    const rbac = stringsAt(inputs, "userGroupIds").length > 0;
    return [
        ...(stringAt(inputs, "clusterMode") === "enabled" && !failover
            ? [
                  "InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off.",
              ]
            : []),
        ...(inputs["multiAzEnabled"] === true && !failover
            ? ["automatic_failover_enabled must be true if multi_az_enabled is true"]
            : []),
        ...(rbac && inputs["transitEncryptionEnabled"] !== true
            ? [
                  "InvalidParameterCombination: User group based access control requires encryption-in-transit to be enabled.",
              ]
            : []),
        ...(stringsAt(inputs, "userGroupIds").length > 1 ? ["Too many list items: user_group_ids has at most 1"] : []),
        ...durabilityErrors(inputs),
        ...arnErrors(inputs, "kmsKeyId"),
        ...tagErrors(inputs),
    ];
}

/** What a cluster names has to exist: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
async function missingErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    if (context.preview) {
        return [];
    }
    const named = [
        ["CacheParameterGroupNotFound", PARAMETERS, stringAt(inputs, "parameterGroupName")],
        ["CacheSubnetGroupNotFoundFault", SUBNETS, stringAt(inputs, "subnetGroupName")],
        ["UserGroupNotFound", USERS, stringsAt(inputs, "userGroupIds")[0]],
    ] as const;
    const found = await Promise.all(
        named.map(async ([fault, type, id]) =>
            id === undefined || (await context.byId(type, id)) !== undefined ? [] : [`${fault}: ${id} not found.`],
        ),
    );
    return found.flat();
}

/**
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html; passwords of 16 to 128 characters, no
 * `reset` and no password in the access string: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html. The
 * messages are not documented.
 */
function userErrors(inputs: Bag): string[] {
    const id = stringAt(inputs, "userId") ?? "a";
    const access = (stringAt(inputs, "accessString") ?? "").split(" ");
    const passwords = isUnknown(inputs["passwords"]) ? [] : stringsAt(inputs, "passwords");
    return [
        ...(/^[a-zA-Z][a-zA-Z0-9-]*$/.test(id)
            ? []
            : [`InvalidParameterValue: The parameter UserId is not valid: ${id}`]),
        ...access
            .filter((part) => part === "reset" || /^[>#]/.test(part))
            .map((part) => `InvalidParameterValue: the access string must not contain ${part.slice(0, 5)}`),
        ...passwords
            .filter(({ length }) => length < 16 || length > 128)
            .map(({ length }) => `InvalidParameterValue: a password has 16 to 128 characters, not ${length}`),
        ...tagErrors(inputs),
    ];
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html */
async function userGroupErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const users = await Promise.all(
        stringsAt(inputs, "userIds").map(async (id) => ({ id, user: await context.byId(USER, id) })),
    );
    const missing = context.preview ? [] : users.filter(({ user }) => user === undefined);
    const names = users.flatMap(({ user }) => stringAt(user, "userName") ?? []);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    return [
        ...missing.map(({ id }) => `UserNotFound: User ${id} not found.`),
        ...twice.map((name) => `DuplicateUserName: there are two users of the name ${name}`),
        ...tagErrors(inputs),
    ];
}

/** The documentation of the parameters: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
const POLICIES = [
    ...["volatile-lru", "allkeys-lru", "volatile-lfu", "allkeys-lfu", "volatile-random", "allkeys-random"],
    ...["volatile-ttl", "noeviction"],
];

function parameterErrors(inputs: Bag): string[] {
    const [policy] = bagsAt(inputs, "parameters").filter((one) => stringAt(one, "name") === "maxmemory-policy");
    const value = stringAt(policy, "value");
    return [
        ...(value === undefined || POLICIES.includes(value)
            ? []
            : [`InvalidParameterValue: The parameter maxmemory-policy has the invalid value ${value}`]),
        ...tagErrors(inputs),
    ];
}

/** ElastiCache for Valkey. */
export const elasticache: Readonly<Record<string, ResourceType>> = {
    [PARAMETERS]: {
        autoName: "name",
        required: ["family"],
        replaceOn: ["name", "family", "description", "region"],
        refuse: parameterErrors,
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: { arn: arn("parametergroup"), region, tagsAll },
    },
    [SUBNETS]: {
        autoName: "name",
        required: ["subnetIds"],
        replaceOn: ["name", "region"],
        refuse: tagErrors,
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: { arn: arn("subnetgroup"), region, tagsAll },
    },
    [USER]: {
        required: ["accessString", "engine", "userId", "userName"],
        replaceOn: ["userId", "userName", "region"],
        refuse: userErrors,
        id: (inputs) => stringAt(inputs, "userId") ?? "",
        computed: { arn: arn("user"), region, tagsAll },
        secretOutputs: ["passwords"],
    },
    [USERS]: {
        required: ["engine", "userGroupId"],
        replaceOn: ["userGroupId", "region"],
        refuse: userGroupErrors,
        id: (inputs) => stringAt(inputs, "userGroupId") ?? "",
        computed: { arn: arn("usergroup"), region, tagsAll },
    },
    [GROUP]: {
        autoName: "replicationGroupId",
        required: ["description"],
        replaceOn: [
            ...["replicationGroupId", "atRestEncryptionEnabled", "kmsKeyId", "port", "subnetGroupName", "region"],
            ...["snapshotName", "dataTieringEnabled"],
        ],
        refuse: async (inputs, context) => {
            const errors = groupErrors(inputs);
            return errors.length > 0 ? errors : missingErrors(inputs, context);
        },
        id: (inputs) => stringAt(inputs, "replicationGroupId") ?? "",
        computed: {
            arn: arn("replicationgroup"),
            configurationEndpointAddress: (inputs, id, context) =>
                `clustercfg.${id}.${generatedSuffix(id)}.${regionOf(inputs, context)}.cache.amazonaws.com`,
            engineVersionActual: (inputs) => `${stringAt(inputs, "engineVersion") ?? ""}.0`,
            region,
            tagsAll,
        },
    },
};

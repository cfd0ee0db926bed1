import type { ResourceType, RuleContext } from "../core/cloud";
import { bagsAt, given, isUnknown, numberAt, stringAt, type Bag } from "../core/value";
import { projectOf, shortName } from "./names";

const POLICY = "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy";
const ACL = "gcp:memorystore/aclPolicy:AclPolicy";
const INSTANCE = "gcp:memorystore/instance:Instance";

const locational = (collection: string, key: string) => (inputs: Bag, context: RuleContext) =>
    `projects/${projectOf(inputs, context)}/locations/${stringAt(inputs, "location") ?? ""}/${collection}/${stringAt(inputs, key) ?? ""}`;

const project = (inputs: Bag, _id: string, context: RuleContext): string => projectOf(inputs, context);

/** https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/memorystore/resource_memorystore_instance.go */
const NODE_TYPES = [
    ...["SHARED_CORE_NANO", "CUSTOM_PICO", "CUSTOM_MICRO", "CUSTOM_MINI", "HIGHMEM_MEDIUM", "HIGHCPU_MEDIUM"],
    ...["HIGHMEM_XLARGE", "STANDARD_SMALL", "STANDARD_LARGE", "HIGHMEM_2XLARGE"],
];

/** 4 to 63 lower-case letters, digits and dashes: the provider's documentation of `instanceId`. */
const INSTANCE_ID = /^[a-z0-9][-a-z0-9]{2,61}[a-z0-9]$/;
/** 1 to 63, beginning with a letter: the provider's documentation of `aclPolicyId`. */
const ACL_ID = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Errors of an id; messages of Memorystore are not documented. */
const idErrors = (inputs: Bag, key: string, form: RegExp): string[] => {
    const id = stringAt(inputs, key);
    return id === undefined || form.test(id) ? [] : [`Invalid value for field '${key}': '${id}'`];
};

/** A shard has at most two replicas: https://docs.cloud.google.com/memorystore/docs/valkey/product-overview */
function shapeErrors(inputs: Bag): string[] {
    const type = stringAt(inputs, "nodeType");
    const replicas = numberAt(inputs, "replicaCount") ?? 0;
    const mode = stringAt(inputs, "persistenceConfig.mode");
    const missing = { AOF: "persistenceConfig.aofConfig", RDB: "persistenceConfig.rdbConfig" }[mode ?? ""];
    return [
        ...(type === undefined || NODE_TYPES.includes(type) ? [] : [`Invalid value for field 'nodeType': '${type}'`]),
        ...(replicas <= 2 ? [] : [`Invalid value for field 'replicaCount': '${replicas}'. Must be from 0 to 2`]),
        // The message is not documented.
        ...(missing === undefined || given(inputs, missing) ? [] : [`${missing} is required for mode ${mode}`]),
    ];
}

/** An instance needs a service connection policy of its network: https://docs.cloud.google.com/memorystore/docs/valkey/networking */
async function networkErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    if (context.preview) {
        return [];
    }
    const policies = await context.others(POLICY);
    return bagsAt(inputs, "desiredAutoCreatedEndpoints").flatMap((endpoint) => {
        const network = stringAt(endpoint, "network") ?? "";
        const found = policies.some(
            (policy) =>
                stringAt(policy, "serviceClass") === "gcp-memorystore" &&
                stringAt(policy, "location") === stringAt(inputs, "location") &&
                shortName(stringAt(policy, "network") ?? "") === shortName(network),
        );
        return found ? [] : [`Error 400: no service connection policy of class gcp-memorystore for network ${network}`];
    });
}

/** A policy that does not exist cannot be attached; the message is not documented. */
async function aclErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const acl = stringAt(inputs, "aclPolicy");
    return acl === undefined || isUnknown(inputs["aclPolicy"]) || (await context.byId(ACL, acl)) !== undefined
        ? []
        : [`Error 404: ACL policy ${acl} not found`];
}

/** One policy a network, region and class: https://docs.cloud.google.com/vpc/docs/about-service-connection-policies */
async function policyErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const key = (bag: Bag): string =>
        ["network", "location", "serviceClass"].map((field) => shortName(stringAt(bag, field) ?? "")).join(" ");
    const taken = !context.preview && (await context.others(POLICY)).some((other) => key(other) === key(inputs));
    return taken ? ["Error 409: a service connection policy of this network, region and class exists"] : [];
}

const connection = (connectionType: string, ipAddress: string, port: number): Bag => ({
    pscAutoConnection: { connectionType, ipAddress, port, network: "", projectId: "" },
});

/** Memorystore for Valkey, and what lets it into a network. */
export const memorystore: Readonly<Record<string, ResourceType>> = {
    [POLICY]: {
        autoName: "name",
        required: ["location", "network", "serviceClass"],
        replaceOn: ["name", "location", "network", "serviceClass", "project"],
        refuse: policyErrors,
        id: locational("serviceConnectionPolicies", "name"),
        computed: { project, infrastructure: () => "PSC" },
    },
    [ACL]: {
        required: ["aclPolicyId", "location", "rules"],
        replaceOn: ["aclPolicyId", "location", "project"],
        refuse: (inputs) => idErrors(inputs, "aclPolicyId", ACL_ID),
        id: locational("aclPolicies", "aclPolicyId"),
        computed: { project, name: (_inputs, id) => id, state: () => "ACTIVE" },
    },
    [INSTANCE]: {
        required: ["instanceId", "location", "shardCount"],
        // Immutable, by the documentation of the provider's inputs.
        replaceOn: [
            ...["instanceId", "location", "project", "authorizationMode", "transitEncryptionMode", "mode", "kmsKey"],
            ...["desiredAutoCreatedEndpoints", "zoneDistributionConfig"],
        ],
        refuse: async (inputs, context) => [
            ...idErrors(inputs, "instanceId", INSTANCE_ID),
            ...shapeErrors(inputs),
            ...(await networkErrors(inputs, context)),
            ...(await aclErrors(inputs, context)),
        ],
        // "If set to true deletion of the instance will fail": the provider's documentation of the input.
        refuseDelete: (inputs) =>
            inputs["deletionProtectionEnabled"] === true
                ? ["Error 400: deletion protection is enabled for the instance; disable it first"]
                : [],
        id: locational("instances", "instanceId"),
        computed: {
            project,
            name: (_inputs, id) => id,
            state: () => "ACTIVE",
            endpoints: () => [
                {
                    connections: [
                        connection("CONNECTION_TYPE_DISCOVERY", "10.40.15.10", 6379),
                        connection("CONNECTION_TYPE_UNSPECIFIED", "10.40.15.11", 11000),
                    ],
                },
            ],
            managedServerCas: (_inputs, id) => [{ caCerts: [{ certificates: [`certificate of ${shortName(id)}`] }] }],
        },
    },
};

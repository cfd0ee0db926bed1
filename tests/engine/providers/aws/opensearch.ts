import type { ResourceType, RuleContext } from "../core/cloud";
import { generatedSuffix } from "../core/names";
import { at, bagAt, isUnknown, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { accountOf, arnErrors, documentErrors, region, regionOf, tagErrors, tagsAll } from "./common";
import { domainArn, logPolicies, publishingErrors } from "./opensearch-logs";

export const DOMAIN = "aws:opensearch/domain:Domain";
const SUBNET = "aws:ec2/subnet:Subnet";

const is = (inputs: Bag, path: string): boolean => at(inputs, path) === true;
const words = ["zero", "one", "two", "three"];

/** Availability Zones of a domain: the documentation of the provider's `availabilityZoneCount`. */
const zonesOf = (inputs: Bag): number =>
    is(inputs, "clusterConfig.zoneAwarenessEnabled")
        ? (numberAt(inputs, "clusterConfig.zoneAwarenessConfig.availabilityZoneCount") ?? 2)
        : 1;

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html; the messages are the provider's. */
async function nameErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const name = stringAt(inputs, "domainName") ?? "";
    const version = stringAt(inputs, "engineVersion") ?? "OpenSearch_3.3";
    const twice = (await context.others(DOMAIN)).some((one) => stringAt(one, "domainName") === name);
    return [
        ...(/^[a-z][0-9a-z-]{2,27}$/.test(name)
            ? []
            : [
                  "must start with a lowercase alphabet and be at least 3 and no more than 28 characters long. " +
                      "Valid characters are a-z (lowercase letters), 0-9, and - (hyphen).",
              ]),
        ...(twice ? [`OpenSearch domain ${name} already exists`] : []),
        ...(/^(OpenSearch|Elasticsearch)_\d+\.\d+$/.test(version)
            ? []
            : [`ValidationException: Invalid engine version: ${version}`]),
    ];
}

/**
 * One subnet for each zone, each in a zone of its own: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html.
 * The messages: https://github.com/aws/aws-cdk/issues/17697, https://github.com/cloudposse/terraform-aws-components/pull/232.
 */
async function subnetErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const options = bagAt(inputs, "vpcOptions");
    if (options === undefined || isUnknown(options["subnetIds"])) {
        return [];
    }
    const zones = zonesOf(inputs);
    const { length } = Array.isArray(options["subnetIds"]) ? options["subnetIds"] : [];
    if (length !== zones) {
        return [
            zones === 1
                ? "ValidationException: You must specify exactly one subnet."
                : `ValidationException: You must specify exactly ${words[zones] ?? ""} subnets because you’ve set zone count to ${words[zones] ?? ""}`,
        ];
    }
    const subnets = await Promise.all(stringsAt(options, "subnetIds").map((id) => context.byId(SUBNET, id)));
    const found = subnets.flatMap(
        (subnet) => stringAt(subnet, "availabilityZone") ?? stringAt(subnet, "availabilityZoneId") ?? [],
    );
    return new Set(found).size === found.length
        ? []
        : ["ValidationException: You must specify subnets in different Availability Zones."];
}

/**
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html, limits.html,
 * managedomains-dedicatedmasternodes.html, createupdatedomains.html (masters for more than 10 instances). The message about two
 * zones: https://github.com/cloudposse/terraform-aws-elasticsearch/issues/192; the others are not documented.
 */
function nodeErrors(inputs: Bag): string[] {
    const cluster = bagAt(inputs, "clusterConfig") ?? {};
    const nodes = numberAt(cluster, "instanceCount") ?? 1;
    const zones = zonesOf(inputs);
    const dedicated = cluster["dedicatedMasterEnabled"] === true;
    const masters = dedicated ? (numberAt(cluster, "dedicatedMasterCount") ?? 0) : 0;
    const types = [stringAt(cluster, "instanceType"), dedicated ? stringAt(cluster, "dedicatedMasterType") : undefined];
    const burstable = types.some((type) => type?.startsWith("t3.") === true);
    const standby = cluster["multiAzWithStandbyEnabled"] === true;
    const wrong = [
        [
            zones === 2 && nodes % 2 === 1,
            "You must choose an even number of data nodes for a two Availability Zone deployment",
        ],
        [
            nodes < zones,
            `You must choose a minimum of ${words[zones] ?? ""} data nodes for a ${words[zones] ?? ""} Availability Zone deployment`,
        ],
        [
            dedicated && (masters < 2 || masters > 5),
            `You must choose between two and five dedicated master nodes, not ${masters}`,
        ],
        [nodes > 10 && !dedicated, "Dedicated master nodes are required for more than 10 data nodes."],
        [nodes > 10 && burstable, "T3 instance types are for 10 data nodes or fewer."],
        [
            standby && (zones !== 3 || masters !== 3),
            "Multi-AZ with standby requires three Availability Zones and three dedicated master nodes.",
        ],
        [standby && nodes % 3 !== 0, "Multi-AZ with standby requires a multiple of three data nodes."],
        [standby && burstable, "Multi-AZ with standby does not support T3 instance types."],
    ] as const;
    return wrong.filter(([bad]) => bad).map(([, message]) => `ValidationException: ${message}`);
}

/** GiB: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource. The message is not documented. */
const LARGEST: Readonly<Record<string, number>> = {
    "t3.small.search": 100,
    "t3.medium.search": 200,
    "m6g.large.search": 1024,
    "m6g.xlarge.search": 2048,
    "r6g.large.search": 2048,
    "r6g.xlarge.search": 3072,
};

function volumeErrors(inputs: Bag): string[] {
    const type = stringAt(inputs, "clusterConfig.instanceType") ?? "";
    const size = numberAt(inputs, "ebsOptions.volumeSize");
    const most = LARGEST[type] ?? Number.MAX_SAFE_INTEGER;
    return size === undefined || (size >= 10 && size <= most)
        ? []
        : [
              `LimitExceededException: Volume size must be between 10 and ${most} for ${type} instance type and elasticsearch version`,
          ];
}

/**
 * Encryption and HTTPS: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html#fgac-enabling. The master
 * user: https://github.com/lgallard/terraform-aws-elasticsearch/issues/15. The password:
 * https://github.com/phillbaker/terraform-provider-elasticsearch/pull/296. An open policy without users:
 * https://github.com/vichannnnn/holy-grail/pull/213.
 */
function securityErrors(inputs: Bag): string[] {
    const options = bagAt(inputs, "advancedSecurityOptions");
    if (options?.["enabled"] !== true) {
        const open = (stringAt(inputs, "accessPolicies") ?? "").includes('{"AWS":"*"}');
        return open
            ? [
                  "ValidationException: Enable fine-grained access control or apply a restrictive access policy to your domain",
              ]
            : [];
    }
    const required = [
        ["encryptAtRest.enabled", "encryption at rest"],
        ["nodeToNodeEncryption.enabled", "node-to-node encryption"],
        ["domainEndpointOptions.enforceHttps", "EnforceHTTPS"],
    ] as const;
    const master = bagAt(options, "masterUserOptions") ?? {};
    const password = stringAt(master, "masterUserPassword");
    const named = master["masterUserName"] !== undefined && master["masterUserPassword"] !== undefined;
    return [
        ...required
            .filter(([path]) => !is(inputs, path))
            .map(([, what]) => `ValidationException: You must enable ${what} to use advanced security options.`),
        ...(options["internalUserDatabaseEnabled"] === true && !named
            ? [
                  "ValidationException: You must provide a master username and password when the internal user database is enabled.",
              ]
            : []),
        ...(password === undefined || /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[^A-Za-z\d]).{8,128}$/.test(password)
            ? []
            : [
                  "ValidationException: Password must be at least 8 characters long and contain at least one uppercase letter, " +
                      "one lowercase letter, one digit, and one special character.",
              ]),
    ];
}

/** https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html. */
const TLS = ["Policy-Min-TLS-1-0-2019-07", "Policy-Min-TLS-1-2-2019-07", "Policy-Min-TLS-1-2-PFS-2023-10"];

/** Auto-Tune: https://github.com/hashicorp/terraform-provider-aws/issues/30205. */
function optionErrors(inputs: Bag): string[] {
    const policy = stringAt(inputs, "domainEndpointOptions.tlsSecurityPolicy");
    const type = stringAt(inputs, "clusterConfig.instanceType") ?? "";
    const tuned = stringAt(inputs, "autoTuneOptions.desiredState") === "ENABLED";
    return [
        ...(policy === undefined || TLS.includes(policy)
            ? []
            : [`expected tls_security_policy to be one of ${JSON.stringify(TLS)}, got ${policy}`]),
        ...(tuned && /^t[23]\./.test(type)
            ? [
                  "ValidationException: Autotune is not supported in t2/t3 instance types. Disable autotune or change your instance type.",
              ]
            : []),
        // "You can't apply IP-based access policies to domains that reside within a VPC": vpc.html.
        ...(bagAt(inputs, "vpcOptions") !== undefined &&
        (stringAt(inputs, "accessPolicies") ?? "").includes("aws:SourceIp")
            ? [
                  "ValidationException: You can't attach an IP-based policy to a domain that has VPC access. Instead, use a security group to control IP-based access.",
              ]
            : []),
    ];
}

async function domainErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    return [
        ...(await nameErrors(inputs, context)),
        ...(await subnetErrors(inputs, context)),
        ...nodeErrors(inputs),
        ...volumeErrors(inputs),
        ...securityErrors(inputs),
        ...optionErrors(inputs),
        ...documentErrors(inputs, "accessPolicies"),
        ...arnErrors(inputs, "encryptAtRest.kmsKeyId"),
        ...tagErrors(inputs),
        ...(await publishingErrors(inputs, context)),
    ];
}

/** OpenSearch Service, and its right to write logs. */
export const opensearch: Readonly<Record<string, ResourceType>> = {
    ...logPolicies,
    [DOMAIN]: {
        autoName: "domainName",
        replaceOn: ["domainName", "encryptAtRest.kmsKeyId", "nodeToNodeEncryption.enabled", "region"],
        refuse: domainErrors,
        id: domainArn,
        computed: {
            arn: (_inputs, id) => id,
            domainId: (inputs, _id, context) => `${accountOf(context)}/${stringAt(inputs, "domainName") ?? ""}`,
            // `vpc-` inside of a VPC: vpc.html.
            endpoint: (inputs, id, context) =>
                `${inputs["vpcOptions"] === undefined ? "search" : "vpc"}-${stringAt(inputs, "domainName") ?? ""}-` +
                `${generatedSuffix(id)}.${regionOf(inputs, context)}.es.amazonaws.com`,
            "ebsOptions.iops": () => 3000,
            "ebsOptions.throughput": () => 125,
            "advancedSecurityOptions.anonymousAuthEnabled": () => false,
            region,
            tagsAll,
        },
        secretOutputs: ["advancedSecurityOptions"],
    },
};

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fresh, itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { aws } from "./cloud";
import { SETTINGS, SUBNET, VPC_ID, vpc } from "./fixtures";
import { DOMAIN } from "./opensearch";
import { domain, machines, users } from "./opensearch-fixtures";

const nodes = (own: Bag): Bag => domain({ clusterConfig: { ...machines, ...own } });
const zones = (availabilityZoneCount: number): Bag => ({
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount },
});
const masters: Bag = { dedicatedMasterEnabled: true, dedicatedMasterCount: 3, dedicatedMasterType: "m6g.large.search" };
const standby: Bag = { ...zones(3), ...masters, multiAzWithStandbyEnabled: true };

const subnet = (name: string, cidrBlock: string) => ({
    type: SUBNET,
    name,
    inputs: { vpcId: VPC_ID, availabilityZone: "us-east-1a", cidrBlock },
});
/** Id that the stand-in derives from the URN of a subnet. */
const subnetId = (name: string): string =>
    `subnet-${createHash("sha256").update(targetOf(SUBNET, name).urn).digest("hex").slice(0, 17)}`;

const shape: readonly (readonly [what: string, inputs: Bag, message: string])[] = [
    [
        "a name of 29 characters",
        domain({ domainName: "a".repeat(29) }),
        "must start with a lowercase alphabet and be at least 3 and no more than 28 characters long. " +
            "Valid characters are a-z (lowercase letters), 0-9, and - (hyphen).",
    ],
    [
        "a version without an engine",
        domain({ engineVersion: "3.3" }),
        "ValidationException: Invalid engine version: 3.3",
    ],
    [
        "an odd number of nodes in two zones",
        nodes(zones(2)),
        "ValidationException: You must choose an even number of data nodes for a two Availability Zone deployment",
    ],
    [
        "fewer nodes than zones",
        nodes({ ...zones(3), instanceCount: 2 }),
        "ValidationException: You must choose a minimum of three data nodes for a three Availability Zone deployment",
    ],
    [
        "one dedicated master",
        nodes({ ...masters, dedicatedMasterCount: 1 }),
        "ValidationException: You must choose between two and five dedicated master nodes, not 1",
    ],
    [
        "eleven nodes without dedicated masters",
        nodes({ instanceCount: 11 }),
        "ValidationException: Dedicated master nodes are required for more than 10 data nodes.",
    ],
    [
        "T3 masters of eleven nodes",
        nodes({ ...masters, instanceCount: 11, dedicatedMasterType: "t3.medium.search" }),
        "ValidationException: T3 instance types are for 10 data nodes or fewer.",
    ],
    [
        "a standby without dedicated masters",
        nodes({ ...standby, dedicatedMasterEnabled: false }),
        "ValidationException: Multi-AZ with standby requires three Availability Zones and three dedicated master nodes.",
    ],
    [
        "four nodes with a standby",
        nodes({ ...standby, instanceCount: 4 }),
        "ValidationException: Multi-AZ with standby requires a multiple of three data nodes.",
    ],
    [
        "T3 with a standby",
        nodes({ ...standby, instanceType: "t3.medium.search" }),
        "ValidationException: Multi-AZ with standby does not support T3 instance types.",
    ],
    [
        "a volume that is larger than the machine's",
        domain({ clusterConfig: { ...machines, instanceType: "t3.small.search" }, ebsOptions: { volumeSize: 101 } }),
        "LimitExceededException: Volume size must be between 10 and 100 for t3.small.search instance type and elasticsearch version",
    ],
];

const security: readonly (readonly [what: string, inputs: Bag, message: string])[] = [
    ...(
        [
            ["encryptAtRest", "encryption at rest"],
            ["nodeToNodeEncryption", "node-to-node encryption"],
        ] as const
    ).map(
        ([field, what]) =>
            [
                `users without ${what}`,
                domain({ [field]: { enabled: false } }),
                `ValidationException: You must enable ${what} to use advanced security options.`,
            ] as const,
    ),
    [
        "users without HTTPS",
        domain({ domainEndpointOptions: { enforceHttps: false } }),
        "ValidationException: You must enable EnforceHTTPS to use advanced security options.",
    ],
    [
        "users without an administrator",
        domain({ advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: true } }),
        "ValidationException: You must provide a master username and password when the internal user database is enabled.",
    ],
    [
        "a password of letters and digits",
        domain({
            advancedSecurityOptions: {
                ...users,
                masterUserOptions: { masterUserName: "administrator", masterUserPassword: "Abcdefg01" },
            },
        }),
        "ValidationException: Password must be at least 8 characters long and contain at least one uppercase letter, " +
            "one lowercase letter, one digit, and one special character.",
    ],
    [
        "an open policy without users",
        domain({
            advancedSecurityOptions: { enabled: false },
            accessPolicies: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"es:*","Resource":"*"}]}',
        }),
        "ValidationException: Enable fine-grained access control or apply a restrictive access policy to your domain",
    ],
    [
        "a policy by addresses in a VPC",
        domain({
            vpcOptions: { subnetIds: ["subnet-1"] },
            accessPolicies: '{"Statement":[{"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}',
        }),
        "ValidationException: You can't attach an IP-based policy to a domain that has VPC access. Instead, use a security group to control IP-based access.",
    ],
    [
        "another policy of TLS",
        domain({ domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-3" } }),
        'expected tls_security_policy to be one of ["Policy-Min-TLS-1-0-2019-07","Policy-Min-TLS-1-2-2019-07",' +
            '"Policy-Min-TLS-1-2-PFS-2023-10"], got Policy-Min-TLS-1-3',
    ],
    [
        "Auto-Tune of T3",
        domain({
            clusterConfig: { ...machines, instanceType: "t3.medium.search" },
            autoTuneOptions: { desiredState: "ENABLED" },
        }),
        "ValidationException: Autotune is not supported in t2/t3 instance types. Disable autotune or change your instance type.",
    ],
    [
        "a key id instead of an ARN",
        domain({ encryptAtRest: { enabled: true, kmsKeyId: "0123" } }),
        '"encryptAtRest.kmsKeyId" (0123) is an invalid ARN: arn: invalid prefix',
    ],
];

describe("engine stand-ins: OpenSearch Service", () => {
    itRefuses(
        aws,
        SETTINGS,
        [...shape, ...security].map(([what, inputs, message]) => ({
            what: `refuses ${what}`,
            type: DOMAIN,
            inputs,
            message,
        })),
    );

    itRefuses(aws, SETTINGS, [
        {
            what: "refuses a name that a domain has",
            type: DOMAIN,
            inputs: domain(),
            before: [{ type: DOMAIN, name: "other", inputs: domain() }],
            message: "OpenSearch domain shop already exists",
        },
        {
            what: "refuses two subnets for one zone",
            type: DOMAIN,
            inputs: domain({ vpcOptions: { subnetIds: ["subnet-1", "subnet-2"] } }),
            message: "ValidationException: You must specify exactly one subnet.",
        },
        {
            what: "refuses two subnets for three zones",
            type: DOMAIN,
            inputs: { ...nodes(zones(3)), vpcOptions: { subnetIds: ["subnet-1", "subnet-2"] } },
            message:
                "ValidationException: You must specify exactly three subnets because you’ve set zone count to three",
        },
        {
            what: "refuses subnets of the same zone",
            type: DOMAIN,
            inputs: {
                ...nodes({ ...zones(2), instanceCount: 2 }),
                vpcOptions: { subnetIds: [subnetId("one"), subnetId("two")] },
            },
            before: [vpc, subnet("one", "10.0.0.0/24"), subnet("two", "10.0.1.0/24")],
            message: "ValidationException: You must specify subnets in different Availability Zones.",
        },
    ]);

    it("changes size and version in place, and not the key", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const replaced = (path: string) => provider.replaces(targetOf(DOMAIN), [{ path, kind: "update" }]);
        assert.deepEqual(replaced("clusterConfig.instanceType"), []);
        assert.deepEqual(replaced("ebsOptions.volumeSize"), []);
        assert.deepEqual(replaced("engineVersion"), []);
        assert.deepEqual(replaced("encryptAtRest.kmsKeyId"), ["encryptAtRest.kmsKeyId"]);
    });
});

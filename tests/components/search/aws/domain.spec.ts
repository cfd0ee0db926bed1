import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { OpenSearchDomain } from "../../../../components/search/aws/domain";
import type { Tier } from "../../../../config/schema";
import { inputOf, inputsOf, optionsOf } from "../../deployed";
import { planned } from "../../layers";
import { managedConfig, managedSearch } from "../kinds";

const type = "aws:opensearch/domain:Domain";
const zones = ["use1-az1", "use1-az2", "use1-az4"];

const dev = {
    zones: zones.slice(0, 1),
    volumeSize: 10,
    clusterConfig: {
        instanceType: "t3.small.search",
        instanceCount: 1,
        zoneAwarenessEnabled: false,
        multiAzWithStandbyEnabled: false,
        dedicatedMasterEnabled: false,
    },
    autoTuneOptions: { desiredState: "DISABLED", rollbackOnDisable: "NO_ROLLBACK" },
};
const autoTuneOptions = { desiredState: "ENABLED", rollbackOnDisable: "NO_ROLLBACK", useOffPeakWindow: true };
const threeZones = {
    instanceType: "m6g.large.search",
    instanceCount: 3,
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: 3 },
    multiAzWithStandbyEnabled: false,
};
const masters = { dedicatedMasterEnabled: true, dedicatedMasterCount: 3, dedicatedMasterType: "m6g.large.search" };

const shapes: Readonly<Record<Tier, typeof dev | object>> = {
    dev,
    staging: {
        zones,
        volumeSize: 20,
        clusterConfig: { ...threeZones, dedicatedMasterEnabled: false },
        autoTuneOptions,
    },
    prod: { zones, volumeSize: 100, clusterConfig: { ...threeZones, ...masters }, autoTuneOptions },
};

function expected(tier: Tier): object {
    const { zones: own, volumeSize, clusterConfig, autoTuneOptions: autoTune } = shapes[tier] as typeof dev;
    const log = (logType: string, group: string) => ({
        logType,
        cloudwatchLogGroupArn: `arn:search-engine-logs-${group}`,
    });
    return {
        domainName: `shop-${tier}`,
        engineVersion: "OpenSearch_3.3",
        clusterConfig,
        ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize },
        vpcOptions: {
            subnetIds: own.map((zone) => `network-private-${zone}-id`),
            securityGroupIds: ["search-engine-access-id"],
        },
        encryptAtRest: { enabled: true, kmsKeyId: "arn:search-engine-key" },
        nodeToNodeEncryption: { enabled: true },
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
        advancedSecurityOptions: {
            enabled: true,
            internalUserDatabaseEnabled: true,
            masterUserOptions: {
                masterUserName: "administrator",
                masterUserPassword: { secret: "password of search-administrator" },
            },
        },
        accessPolicies: {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { AWS: "*" },
                    Action: "es:ESHttp*",
                    Resource: `arn:aws:es:us-east-1:123456789012:domain/shop-${tier}/*`,
                },
            ],
        },
        logPublishingOptions: [
            log("INDEX_SLOW_LOGS", "index-slow"),
            log("SEARCH_SLOW_LOGS", "search-slow"),
            log("ES_APPLICATION_LOGS", "application"),
            log("AUDIT_LOGS", "audit"),
        ],
        offPeakWindowOptions: { enabled: true, offPeakWindow: { windowStartTime: { hours: 3, minutes: 0 } } },
        softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
        autoTuneOptions: autoTune,
    };
}

describe("the domain of OpenSearch Service (SE-01)", () => {
    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`is exactly this in ${tier}`, async () => {
            assert.deepEqual(inputsOf(await managedSearch(tier), type), { "search-engine": expected(tier) });
        });
    }

    it("is protected with its key in prod, and has time for the copy of its shards (D7)", async () => {
        const own = (await managedSearch("prod")).filter(
            (one) => one.type === type || one.name === "search-engine-key",
        );
        assert.deepEqual(optionsOf(own.filter(({ custom }) => custom)), {
            "Key search-engine-key": { protect: true },
            "Domain search-engine": {
                protect: true,
                customTimeouts: { create: "90m", update: "180m", delete: "90m" },
            },
        });
    });

    it("is encrypted with a key of its own, through OpenSearch Service only (D2, D7)", async () => {
        const { policy, ...key } = inputOf(await managedSearch("prod"), "aws:kms/key:Key", "search-engine-key");
        assert.deepEqual(key, {
            description: "Index and snapshots of the managed search",
            enableKeyRotation: true,
            rotationPeriodInDays: 90,
            deletionWindowInDays: 30,
        });
        const { Statement } = policy as unknown as { Statement: readonly Record<string, unknown>[] };
        assert.deepEqual(
            Statement.map(({ Principal, Condition }) => ({ Principal, Condition })),
            [
                { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Condition: undefined },
                {
                    Principal: { AWS: "*" },
                    Condition: {
                        StringEquals: {
                            "kms:CallerAccount": "123456789012",
                            "kms:ViaService": "es.us-east-1.amazonaws.com",
                        },
                    },
                },
            ],
        );
    });

    it("needs the security group of an EKS cluster's pods", async () => {
        const id = pulumi.output("network");
        await planned(() => {
            assert.throws(
                () =>
                    new OpenSearchDomain("search-engine", {
                        config: managedConfig("dev"),
                        network: {
                            id,
                            nodeSubnetIds: [id],
                            managedServices: id,
                            podRange: undefined,
                            serviceRange: undefined,
                        },
                        cluster: {},
                        administrator: { name: "administrator", password: id },
                    }),
                /^Error: search\.kind opensearch-service needs the security group of an EKS cluster's pods; give eck elsewhere$/,
            );
        });
    });
});

import * as opensearch from "@pulumi/aws/opensearch";
import * as pulumi from "@pulumi/pulumi";

import { AwsKey } from "../../common/aws/storage-key";
import type { EngineArgs, ManagedEngine } from "../managed/types";
import { DomainAccess } from "./access";
import { DomainLogs } from "./logs";
import { clusterConfig, domainArn, domainName, engineVersion, maintenance, zoneCount } from "./settings";

/**
 * A domain of Amazon OpenSearch Service in the private subnets, encrypted, with users of its own (SE-01). It takes a snapshot
 * each hour and keeps 14 days of them, in a bucket of AWS:
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html.
 */
export class OpenSearchDomain extends pulumi.ComponentResource implements ManagedEngine {
    public readonly host: pulumi.Output<string>;
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: EngineArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:OpenSearchDomain", name, {}, opts);
        const { config, network, cluster, administrator } = args;
        const { instanceType, volumeGiB } = config.search;
        const clients = cluster.podSecurityGroup;
        if (clients === undefined || instanceType === undefined) {
            throw new Error(
                `search.kind ${config.search.kind} needs the security group of an EKS cluster's pods; give eck elsewhere`,
            );
        }
        const child = { parent: this };
        const { securityGroupId } = new DomainAccess(
            `${name}-access`,
            { vpcId: network.managedServices, clients },
            child,
        );
        const { publishing } = new DomainLogs(`${name}-logs`, { config }, child);
        const { arn: kmsKeyId } = new AwsKey(
            `${name}-key`,
            // Used on behalf of who creates the domain, which makes grants for the service.
            { config, description: "Index and snapshots of the managed search", viaService: `es.${config.region}` },
            child,
        );
        const domain = new opensearch.Domain(
            name,
            {
                domainName: domainName(config.stack),
                engineVersion,
                clusterConfig: clusterConfig(config, instanceType),
                ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: volumeGiB },
                vpcOptions: {
                    // No address outside of the VPC (D4); one subnet for each zone.
                    subnetIds: network.nodeSubnetIds.slice(0, zoneCount(config.search)),
                    securityGroupIds: [securityGroupId],
                },
                // With a key whose use is logged and can be revoked (D2).
                encryptAtRest: { enabled: true, kmsKeyId },
                nodeToNodeEncryption: { enabled: true },
                // TLS 1.2 at least, with forward secrecy (SC-06).
                domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
                // A user for each caller, with rights on its own indexes (SC-05, SC-07).
                advancedSecurityOptions: {
                    enabled: true,
                    internalUserDatabaseEnabled: true,
                    masterUserOptions: {
                        masterUserName: administrator.name,
                        masterUserPassword: administrator.password,
                    },
                },
                // Requests are authenticated by user and password: a policy that names IAM principals would require signed
                // ones. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
                accessPolicies: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: "*" },
                            // Requests to the API of the engine, not those that configure the domain.
                            Action: "es:ESHttp*",
                            Resource: `${domainArn(config)}/*`,
                        },
                    ],
                }),
                logPublishingOptions: [...publishing],
                ...maintenance(config.cluster.maintenanceWindow, instanceType),
            },
            {
                ...child,
                // The service has no deletion protection, and makes no last snapshot (D7).
                protect: config.cluster.deletionProtection,
                // A change of nodes copies all shards.
                customTimeouts: { create: "90m", update: "180m", delete: "90m" },
            },
        );
        this.host = domain.endpoint;
        this.resource = domain;
        this.registerOutputs({ host: this.host });
    }
}

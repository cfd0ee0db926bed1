import * as aws from "@pulumi/aws/provider";
import * as gcp from "@pulumi/gcp/provider";
import type * as pulumi from "@pulumi/pulumi";

import type { Cloud } from "../../config/schema";
import type { CoreConfig } from "../../config/core";
import { cloudLabels } from "../common/cloud-labels";
import type { StorageConfig } from "../storage/types";

function awsProvider(name: string, config: CoreConfig, region: string): aws.Provider {
    return new aws.Provider(name, {
        region,
        // With credentials of another account the deployment fails before it creates a resource there.
        allowedAccountIds: [config.account],
        defaultTags: { tags: cloudLabels(config) },
    });
}

/** Providers by cloud; none for an existing cluster, where every object is created by the Kubernetes provider. */
const providersByCloud: Readonly<Record<Cloud, (config: CoreConfig) => pulumi.ProviderResource[]>> = {
    gcp: (config) => [
        new gcp.Provider("gcp", {
            project: config.account,
            region: config.region,
            defaultLabels: cloudLabels(config),
        }),
    ],
    aws: (config) => [awsProvider("aws", config, config.region)],
    existing: () => [],
};

/**
 * The provider of the network and cluster layers, bound to the account and region of the stack's configuration; the
 * shell's current project or profile has no effect. Pass it to the platform as `providers`.
 */
export function cloudProviders(config: CoreConfig): pulumi.ProviderResource[] {
    return providersByCloud[config.cloud](config);
}

/**
 * The provider of the disaster-recovery region, for copies kept there (CL-18, BK-04). AWS only, whose providers are
 * regional. It is not among the platform's `providers`: every AWS resource would be created with it.
 */
export function drProvider(config: CoreConfig & StorageConfig): pulumi.ProviderResource | undefined {
    return config.cloud === "aws" && config.replicateBackups
        ? awsProvider("aws-dr", config, config.drRegion)
        : undefined;
}

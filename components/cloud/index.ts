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
        // Credentials of another account stop here, before anything is made in it.
        allowedAccountIds: [config.account],
        defaultTags: { tags: cloudLabels(config) },
    });
}

/** Makes the providers of a cloud; none where every object lives in somebody else's cluster. */
const makers: Readonly<Record<Cloud, (config: CoreConfig) => pulumi.ProviderResource[]>> = {
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
 * The provider that the network and cluster layers work with, bound to the account and the region of the stack's own
 * configuration: what the shell happens to be logged in to does not matter. Hand it to the platform as `providers`.
 */
export function cloudProviders(config: CoreConfig): pulumi.ProviderResource[] {
    return makers[config.cloud](config);
}

/**
 * The provider of the other region, for copies kept there (CL-18, BK-04). Only AWS needs one, whose providers know one
 * region each; of the stack's providers it is none, or everything would be made there.
 */
export function drProvider(config: CoreConfig & StorageConfig): pulumi.ProviderResource | undefined {
    return config.cloud === "aws" && config.replicateBackups
        ? awsProvider("aws-dr", config, config.drRegion)
        : undefined;
}

import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import { AwsNetwork } from "./aws/network";
import { GcpNetwork } from "./gcp/network";
import type { Network } from "./types";

/** Makes the network that the stack's cloud needs; none around a cluster that already has one. */
export function createNetwork(
    name: string,
    config: PlatformConfig,
    opts?: pulumi.ComponentResourceOptions,
): Network | undefined {
    switch (config.cloud) {
        case "gcp":
            return new GcpNetwork(name, { config }, opts);
        case "aws":
            return new AwsNetwork(name, { config }, opts);
        case "existing":
            return undefined;
    }
}

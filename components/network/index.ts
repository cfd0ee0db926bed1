import type * as pulumi from "@pulumi/pulumi";

import { networkConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer } from "../layer";
import { AwsNetwork } from "./aws/network";
import { GcpNetwork } from "./gcp/network";
import type { Network } from "./types";

/** Creates the network of the stack's cloud; undefined for an existing cluster, which has one. */
export function createNetwork(
    name: string,
    { config }: { readonly config: LayerConfig },
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

/** Private subnets for nodes, with outbound access (CL-01, CL-02, D9, D11). */
export const network: Layer<"network", LayerConfig, unknown, Network | undefined, typeof networkConfig> = {
    name: "network",
    config: networkConfig,
    create: createNetwork,
};

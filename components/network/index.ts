import type * as pulumi from "@pulumi/pulumi";

import { networkConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer, LayerArgs } from "../layer";
import { AwsNetwork } from "./aws/network";
import { GcpNetwork } from "./gcp/network";
import type { Network } from "./types";

/** Creates the network of the stack's cloud; undefined for an existing cluster, which has one. */
export function createNetwork(
    name: string,
    { config, declared }: Pick<LayerArgs<LayerConfig>, "config" | "declared">,
    opts?: pulumi.ComponentResourceOptions,
): Network | undefined {
    switch (config.cloud) {
        case "gcp":
            return new GcpNetwork(name, { config, declared }, opts);
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

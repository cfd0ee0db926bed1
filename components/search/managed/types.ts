import type * as pulumi from "@pulumi/pulumi";

import type { OutsideEndpoint } from "../../../catalog/stores";
import type { Cluster } from "../../cluster/types";
import type { Network } from "../../network/types";
import type { LayerConfig } from "../layer-config";

/** The user of the service that may create users and roles. */
export const administrator = "administrator";

/** Name of the Secret with its password, in the layer's namespace. */
export const administratorSecret = "search-administrator";

/** The API of a managed engine, over TLS with a certificate of a public authority. */
export const apiPort = 443;

/** Where a managed engine answers: an address of the VPC. */
export function managedEndpoint({ network }: Pick<LayerConfig, "network">): OutsideEndpoint {
    return { kind: "outside", port: apiPort, range: network.nodes };
}

/** A managed engine, before its users exist. */
export interface ManagedEngine {
    /** Host of the API; resolves when it answers. */
    readonly host: pulumi.Output<string>;
    /** Resolves when the API answers. */
    readonly resource: pulumi.Resource;
}

/** What a managed engine is created from. */
export interface EngineArgs {
    readonly config: LayerConfig;
    readonly network: Network;
    readonly cluster: Pick<Cluster, "podSecurityGroup">;
    readonly administrator: {
        readonly name: string;
        /** Secret. */
        readonly password: pulumi.Output<string>;
    };
}

/** Creates the engine of a cloud. */
export type CreateEngine = (name: string, args: EngineArgs, opts: pulumi.ComponentResourceOptions) => ManagedEngine;

import * as ipaddr from "ipaddr.js";

import { cidr, group } from "../../config/fields";
import { cidrsOverlap } from "../../config/formats";
import { configPart, defined, defaultOn, type Rule, ruleOn } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Cloud, Tier } from "../../config/schema";

interface Ranges {
    readonly nodes: string;
    readonly pods: string;
    readonly services: string;
    readonly controlPlane: string;
    /** Managed services that are peered with the VPC; GCP only. */
    readonly managed: string;
}

interface NetworkTier {
    /** A NAT gateway in each zone in place of one for all. */
    readonly natPerZone: boolean;
    /** Private connections to the services that a node needs to start; AWS only. */
    readonly interfaceEndpoints: boolean;
}

/** What the network layer reads. */
export interface NetworkConfig {
    readonly network: Ranges & NetworkTier;
}

const tiers: Readonly<Record<Tier, NetworkTier>> = {
    dev: {
        // One NAT gateway: where its zone is lost, dev may be without the internet.
        natPerZone: false,
        // Seven endpoints in three zones cost more than all that dev sends through its NAT gateway.
        interfaceEndpoints: false,
    },
    staging: {
        natPerZone: false,
        // As in prod: a service that an endpoint's policy or name breaks has to break here first.
        interfaceEndpoints: true,
    },
    prod: {
        // Nodes of one zone must reach the internet when another zone is lost.
        natPerZone: true,
        // New nodes start and pull images while the NAT gateways or the internet are down.
        interfaceEndpoints: true,
    },
};

/** Address ranges where a stack file names none; disjoint, and clear of what home and office networks use most. */
const usual: Readonly<Record<Cloud, Ranges>> = {
    gcp: {
        nodes: "10.40.0.0/20",
        pods: "10.44.0.0/14",
        services: "10.48.0.0/20",
        controlPlane: "172.31.240.0/28",
        managed: "10.49.0.0/20",
    },
    aws: {
        nodes: "10.40.0.0/16",
        pods: "10.40.0.0/16",
        services: "172.20.0.0/16",
        controlPlane: "10.40.0.0/16",
        managed: "10.40.0.0/16",
    },
    existing: {
        nodes: "10.0.0.0/8",
        pods: "10.0.0.0/8",
        services: "10.0.0.0/8",
        controlPlane: "10.0.0.0/8",
        managed: "10.0.0.0/8",
    },
};

/** AWS takes pods and the control plane's interfaces from the VPC: there they are one range by design. */
const disjoint: Readonly<Record<Cloud, readonly (keyof Ranges)[]>> = {
    gcp: ["nodes", "pods", "services", "controlPlane", "managed"],
    aws: ["nodes", "services"],
    existing: [],
};

const rangesAreDisjoint: Rule<NetworkConfig> = ({ config }) => {
    const used = disjoint[config.cloud];
    return used.flatMap((key, index) =>
        used.slice(index + 1).flatMap((other): Problem[] => {
            const message = `overlaps network.${key} (${config.network[key]}); give a range of its own`;
            return cidrsOverlap(config.network[key], config.network[other])
                ? [{ path: `network.${other}`, value: config.network[other], message }]
                : [];
        }),
    );
};

const controlPlaneRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.controlPlane;
    const message = "is not the size that GKE takes for a control plane; give a /28";
    return range.endsWith("/28") ? [] : [{ path: "network.controlPlane", value: range, message }];
};

/** Each managed service takes a /24 of the range at least, and Google rejects a smaller range. */
const managedRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.managed;
    const message = "is too small for a managed service; give a /24 or larger";
    return ipaddr.IPv4.parseCIDR(range)[1] > 24 ? [{ path: "network.managed", value: range, message }] : [];
};

/** Six subnets come out of an AWS VPC, and a VPC is a /16 at most. */
const vpcRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.nodes;
    const prefix = ipaddr.IPv4.parseCIDR(range)[1];
    const message = "cannot be split into the subnets of three zones; give a range from /16 to /20";
    return prefix < 16 || prefix > 20 ? [{ path: "network.nodes", value: range, message }] : [];
};

/** GKE gives each node a /24 of the pods' range: it creates no node beyond the range. */
const podRangeHoldsNodes: Rule<NetworkConfig> = ({ config }) => {
    const nodes = Object.values(config.nodePools).reduce((sum, pool) => sum + pool.max, 0);
    const prefix = ipaddr.IPv4.parseCIDR(config.network.pods)[1];
    const holds = prefix > 24 ? 0 : 2 ** (24 - prefix);
    const message = `holds ${holds} nodes of 256 addresses, the pools may have ${nodes}; give a larger range`;
    return holds < nodes ? [{ path: "network.pods", value: config.network.pods, message }] : [];
};

const ours = ["gcp", "aws"] as const;

/** The network layer's keys. */
export const networkConfig = configPart({
    name: "network",
    shape: {
        network: group("Address ranges; none may overlap", {
            nodes: cidr("Nodes (GCP: the subnetwork; AWS: the VPC)").optional(),
            pods: cidr("Pods (GCP only: AWS takes pods from the VPC)").optional(),
            services: cidr("Services of the cluster").optional(),
            controlPlane: cidr("Control plane (GCP only, a /28)").optional(),
            managed: cidr("Managed databases and caches, peered with the VPC (GCP only, /24 or larger)").optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ network }, { tier, cloud }): NetworkConfig => ({
        network: { ...usual[cloud], ...defined(network), ...tiers[tier] },
    }),
    rules: [
        ruleOn(["gcp"], controlPlaneRange),
        ruleOn(["gcp"], managedRange),
        ruleOn(["aws"], vpcRange),
        ruleOn(["gcp"], podRangeHoldsNodes),
        rangesAreDisjoint,
    ],
    defaults: {
        "network.nodes": defaultOn(ours, ({ network }: NetworkConfig) => network.nodes),
        "network.pods": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.pods),
        "network.services": defaultOn(ours, ({ network }: NetworkConfig) => network.services),
        "network.controlPlane": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.controlPlane),
        "network.managed": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.managed),
    },
});

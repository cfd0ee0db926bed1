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
    /** A NAT gateway in each zone instead of one for all zones. */
    readonly natPerZone: boolean;
    /** Private endpoints of the services that a node needs to start; AWS only. */
    readonly interfaceEndpoints: boolean;
    readonly flowLogs: FlowLogSettings;
}

/** How closely the connections of the VPC are recorded (D11, G18). */
export interface FlowLogSettings {
    /**
     * Days after which a record is deleted; on GCP the 30 days of the project's log bucket, unless the records are also sent
     * to the bucket of audit records (`archived`).
     */
    readonly retentionDays: number;
    /** Whether GCP's records are also sent to the bucket of audit records, which has `audit.retentionDays`. */
    readonly archived: boolean;
    /**
     * Seconds of a connection that one record covers. AWS supports 60 and 600: less becomes 60, and so do both for nodes, since
     * all machine types of the pools are of the Nitro system.
     * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
     */
    readonly intervalSeconds: 5 | 60 | 600;
    /** Share of the connections that GCP records; AWS records all. */
    readonly sampling: number;
    /** Whether GCP's records name pods, services and countries, which multiplies their size. */
    readonly metadata: boolean;
}

/** The configuration of the network layer. */
export interface NetworkConfig {
    readonly network: Ranges & NetworkTier;
}

const tiers: Readonly<Record<Tier, NetworkTier>> = {
    dev: {
        // Dev does not need internet access when the gateway's zone is lost.
        natPerZone: false,
        // Seven endpoints in three zones cost more than dev's traffic through the NAT gateway.
        interfaceEndpoints: false,
        // Both clouds bill by volume, and dev has no connections to investigate: enough to see that records are written.
        flowLogs: { retentionDays: 30, archived: false, intervalSeconds: 600, sampling: 0.1, metadata: false },
    },
    staging: {
        natPerZone: false,
        // As in prod, so that faults of an endpoint's policy or DNS name are found in staging first.
        interfaceEndpoints: true,
        // The fields of prod, so that queries can be written in staging, at about a tenth of the records.
        flowLogs: { retentionDays: 30, archived: false, intervalSeconds: 60, sampling: 0.5, metadata: true },
    },
    prod: {
        // Nodes must reach the internet when another zone is lost.
        natPerZone: true,
        // New nodes can start and pull images when NAT gateways or the internet are unavailable.
        interfaceEndpoints: true,
        // The payment pool is in this VPC: a year, as PCI DSS 10.5.1 requires, and about a month of reserve.
        flowLogs: { retentionDays: 400, archived: true, intervalSeconds: 5, sampling: 0.5, metadata: true },
    },
};

/** Default address ranges: disjoint, and different from the most common ranges of home and office networks. */
const defaultRanges: Readonly<Record<Cloud, Ranges>> = {
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

/** Ranges that must not overlap. On AWS, pods and the control plane's interfaces have addresses of the VPC. */
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

/** The VPC's own route to its addresses takes precedence over a route to the transit gateway. */
const connectedNetworksAreElsewhere: Rule<NetworkConfig> = ({ config }) =>
    config.connection.networks.flatMap((value, index): Problem[] => {
        const other = (["nodes", "services"] as const).find((key) => cidrsOverlap(value, config.network[key]));
        const message = `overlaps network.${other ?? ""} (${config.network[other ?? "nodes"]}); give the ranges of other networks, or change network.${other ?? ""}`;
        return other === undefined ? [] : [{ path: `aws.connectedNetworks.${index}`, value, message }];
    });

const controlPlaneRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.controlPlane;
    const message = "is not the size that GKE requires for a control plane; give a /28";
    return range.endsWith("/28") ? [] : [{ path: "network.controlPlane", value: range, message }];
};

/** Each managed service needs at least a /24 of the range, and Google rejects a smaller range. */
const managedRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.managed;
    const message = "is too small for a managed service; give a /24 or larger";
    return ipaddr.IPv4.parseCIDR(range)[1] > 24 ? [{ path: "network.managed", value: range, message }] : [];
};

/** The VPC is split into six subnets, and AWS allows at most a /16. */
const vpcRange: Rule<NetworkConfig> = ({ config }) => {
    const range = config.network.nodes;
    const prefix = ipaddr.IPv4.parseCIDR(range)[1];
    const message = "cannot be split into the subnets of three zones; give a range from /16 to /20";
    return prefix < 16 || prefix > 20 ? [{ path: "network.nodes", value: range, message }] : [];
};

/** GKE assigns each node a /24 of the pods' range and creates no node without one. */
const podRangeHoldsNodes: Rule<NetworkConfig> = ({ config }) => {
    const nodes = Object.values(config.nodePools).reduce((sum, pool) => sum + pool.max, 0);
    const prefix = ipaddr.IPv4.parseCIDR(config.network.pods)[1];
    const holds = prefix > 24 ? 0 : 2 ** (24 - prefix);
    const message = `has 256 addresses each for ${holds} nodes, and the pools allow ${nodes}; give a larger range`;
    return holds < nodes ? [{ path: "network.pods", value: config.network.pods, message }] : [];
};

const withOwnNetwork = ["gcp", "aws"] as const;

/** The network layer's keys. */
export const networkConfig = configPart({
    name: "network",
    shape: {
        network: group("Address ranges, which must not overlap", {
            nodes: cidr("Nodes (GCP: the subnetwork; AWS: the VPC)").optional(),
            pods: cidr("Pods (GCP only: AWS takes pods from the VPC)").optional(),
            services: cidr("Services of the cluster").optional(),
            controlPlane: cidr("Control plane (GCP only, a /28)").optional(),
            managed: cidr("Managed databases and caches, peered with the VPC (GCP only, /24 or larger)").optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ network }, { tier, cloud }): NetworkConfig => ({
        network: { ...defaultRanges[cloud], ...defined(network), ...tiers[tier] },
    }),
    rules: [
        ruleOn(["gcp"], controlPlaneRange),
        ruleOn(["gcp"], managedRange),
        ruleOn(["aws"], vpcRange),
        ruleOn(["aws"], connectedNetworksAreElsewhere),
        ruleOn(["gcp"], podRangeHoldsNodes),
        rangesAreDisjoint,
    ],
    defaults: {
        "network.nodes": defaultOn(withOwnNetwork, ({ network }: NetworkConfig) => network.nodes),
        "network.pods": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.pods),
        "network.services": defaultOn(withOwnNetwork, ({ network }: NetworkConfig) => network.services),
        "network.controlPlane": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.controlPlane),
        "network.managed": defaultOn(["gcp"], ({ network }: NetworkConfig) => network.managed),
    },
});

import * as compute from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import type { Declared } from "../../layer";
import { ManagedServices } from "./managed-services";
import type { FlowLogSettings, Network } from "../types";

/** Arguments of {@link GcpNetwork}. */
export interface GcpNetworkArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "network">;
    /** The pods with admission webhooks. */
    readonly declared: Pick<Declared, "pods">;
}

/** Ports that GKE's own firewall rule allows from the control plane to the nodes. */
const allowedByGke: ReadonlySet<number> = new Set([443, 10250]);

/** Ports of the declared admission webhooks that GKE's firewall rule does not allow. */
function webhookPorts({ pods }: Pick<Declared, "pods">): string[] {
    const ports = pods.flatMap(({ callers }) =>
        callers.flatMap((caller) => ("webhook" in caller ? [caller.webhook] : [])),
    );
    return [...new Set(ports)]
        .filter((port) => !allowedByGke.has(port))
        .sort((a, b) => a - b)
        .map(String);
}

const intervals = { 5: "INTERVAL_5_SEC", 60: "INTERVAL_1_MIN", 600: "INTERVAL_10_MIN" } as const;

function flowLogs({ intervalSeconds, sampling, metadata }: FlowLogSettings) {
    return {
        aggregationInterval: intervals[intervalSeconds],
        flowSampling: sampling,
        metadata: metadata ? "INCLUDE_ALL_METADATA" : "EXCLUDE_ALL_METADATA",
    };
}

/** A VPC with one private subnetwork for nodes, pods and services; outbound access through Cloud NAT only (CL-01, D11). */
export class GcpNetwork extends pulumi.ComponentResource implements Network {
    public readonly id: pulumi.Output<string>;
    public readonly nodeSubnetIds: readonly pulumi.Output<string>[];
    public readonly managedServices: pulumi.Output<string>;
    public readonly podRange = "pods";
    public readonly serviceRange = "services";

    constructor(name: string, args: GcpNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:network:GcpNetwork", name, {}, opts);
        const { account: project, region, network: ranges } = args.config;
        const child = { parent: this };

        const vpc = new compute.Network(
            name,
            {
                project,
                // Auto mode creates a subnetwork in every region, with predefined ranges (D11).
                autoCreateSubnetworks: false,
                routingMode: "REGIONAL",
            },
            child,
        );
        const nodes = new compute.Subnetwork(
            `${name}-nodes`,
            {
                project,
                region,
                network: vpc.id,
                ipCidrRange: ranges.nodes,
                secondaryIpRanges: [
                    { rangeName: this.podRange, ipCidrRange: ranges.pods },
                    { rangeName: this.serviceRange, ipCidrRange: ranges.services },
                ],
                // Nodes without a public address reach Google's registries and APIs (D11).
                privateIpGoogleAccess: true,
                // For investigations (D11, G18); billed by volume.
                logConfig: flowLogs(ranges.flowLogs),
            },
            child,
        );
        const router = new compute.Router(`${name}-router`, { project, region, network: vpc.id }, child);
        const nat = new compute.RouterNat(
            `${name}-nat`,
            {
                project,
                region,
                router: router.name,
                natIpAllocateOption: "AUTO_ONLY",
                // This subnetwork only: one that is added later has no outbound access by default.
                sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
                subnetworks: [{ name: nodes.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
                // The default of 64 ports per node is not enough under load; dynamic ports exclude independent mapping.
                enableDynamicPortAllocation: true,
                enableEndpointIndependentMapping: false,
                minPortsPerVm: 256,
                maxPortsPerVm: 8192,
                logConfig: { enable: true, filter: "ERRORS_ONLY" },
            },
            child,
        );
        new compute.Firewall(
            `${name}-deny-ingress`,
            {
                project,
                network: vpc.id,
                description: "Everything that no other rule lets in, written down",
                direction: "INGRESS",
                // A VPC denies this by default, but does not log it (D9).
                priority: 65534,
                sourceRanges: ["0.0.0.0/0"],
                denies: [{ protocol: "all" }],
                logConfig: { metadata: "INCLUDE_ALL_METADATA" },
            },
            child,
        );
        const ports = webhookPorts(args.declared);
        if (ports.length > 0) {
            new compute.Firewall(
                `${name}-allow-webhooks`,
                {
                    project,
                    network: vpc.id,
                    description: "The control plane calls admission webhooks on the nodes",
                    direction: "INGRESS",
                    priority: 1000,
                    // From the control plane only (D9).
                    sourceRanges: [ranges.controlPlane],
                    allows: [{ protocol: "tcp", ports }],
                },
                child,
            );
        }
        const services = new ManagedServices(
            `${name}-managed`,
            { project, vpcId: vpc.id, range: ranges.managed },
            child,
        );
        this.id = vpc.id;
        this.managedServices = services.vpcId;
        // Resolves when NAT exists: nodes pull images at once.
        this.nodeSubnetIds = [after(nodes.id, [nat])];
        this.registerOutputs({
            id: this.id,
            nodeSubnetIds: this.nodeSubnetIds,
            managedServices: this.managedServices,
            podRange: this.podRange,
            serviceRange: this.serviceRange,
        });
    }
}

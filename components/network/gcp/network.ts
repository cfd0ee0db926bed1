import * as compute from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { ManagedServices } from "./managed-services";
import type { Network } from "../types";

/** What a {@link GcpNetwork} needs to know. */
export interface GcpNetworkArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "network">;
}

/** Ports of admission webhooks that GKE's own rule leaves closed: it opens 443 and 10250 only. */
const webhookPorts = ["8443", "9443", "15017"];

/** A VPC with one private subnetwork for nodes, pods and services, and a NAT as its only way out (CL-01, D11). */
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
                // Auto mode makes a subnetwork in every region of the world, with ranges that nobody chose (D11).
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
                // Nodes without a public address still reach Google's registries and APIs (D11).
                privateIpGoogleAccess: true,
                // Who talked to whom, for the day when that is the question (D11, G18).
                logConfig: {
                    aggregationInterval: "INTERVAL_5_SEC",
                    flowSampling: 0.5,
                    metadata: "INCLUDE_ALL_METADATA",
                },
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
                // Only our nodes and pods: a subnetwork added later does not get a way out by itself.
                sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
                subnetworks: [{ name: nodes.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
                // The fixed default of 64 ports a node runs out under load; dynamic ports exclude independent mapping.
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
                // A VPC refuses this anyway, but without a word: the rule makes the refusals visible (D9).
                priority: 65534,
                sourceRanges: ["0.0.0.0/0"],
                denies: [{ protocol: "all" }],
                logConfig: { metadata: "INCLUDE_ALL_METADATA" },
            },
            child,
        );
        new compute.Firewall(
            `${name}-allow-webhooks`,
            {
                project,
                network: vpc.id,
                description: "The control plane calls admission webhooks on the nodes",
                direction: "INGRESS",
                priority: 1000,
                // From the control plane alone: no other source has business with a webhook (D9).
                sourceRanges: [ranges.controlPlane],
                allows: [{ protocol: "tcp", ports: webhookPorts }],
            },
            child,
        );
        const services = new ManagedServices(
            `${name}-managed`,
            { project, vpcId: vpc.id, range: ranges.managed },
            child,
        );
        this.id = vpc.id;
        this.managedServices = services.vpcId;
        // Not before there is a way out: the first thing that a node does is to fetch images.
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

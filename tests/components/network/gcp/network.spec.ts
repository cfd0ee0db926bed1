import assert from "node:assert/strict";

import { countOf, inputsOf, optionsOf, outputsOf, waits } from "../../deployed";
import { type Deployed, type Deployment, deployCluster, deployment, inLayer } from "../../deployment";

const place = { project: "shop-project", region: "us-central1" };
const { project } = place;

describe("each resource of the network on GCP", () => {
    let prod: Deployment;
    let network: readonly Deployed[];
    before(async () => {
        prod = await deployment("gcp", "prod");
        network = inLayer(prod, "network");
    });

    it("is one of these", () => {
        assert.deepEqual(countOf(network), {
            "gcp:compute/firewall:Firewall": 2,
            "gcp:compute/globalAddress:GlobalAddress": 1,
            "gcp:compute/network:Network": 1,
            "gcp:compute/router:Router": 1,
            "gcp:compute/routerNat:RouterNat": 1,
            "gcp:compute/subnetwork:Subnetwork": 1,
            "gcp:servicenetworking/connection:Connection": 1,
        });
    });

    it("is in a VPC without automatic subnetworks (D11)", () => {
        assert.deepEqual(inputsOf(network, "gcp:compute/network:Network"), {
            network: { project, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
        });
    });

    it("has nodes, pods and services in one subnetwork, with flow logs and private access to Google (D11, G18)", () => {
        assert.deepEqual(inputsOf(network, "gcp:compute/subnetwork:Subnetwork"), {
            "network-nodes": {
                ...place,
                network: "network-id",
                ipCidrRange: "10.40.0.0/20",
                secondaryIpRanges: [
                    { rangeName: "pods", ipCidrRange: "10.44.0.0/14" },
                    { rangeName: "services", ipCidrRange: "10.48.0.0/20" },
                ],
                privateIpGoogleAccess: true,
                logConfig: {
                    aggregationInterval: "INTERVAL_5_SEC",
                    flowSampling: 0.5,
                    metadata: "INCLUDE_ALL_METADATA",
                },
            },
        });
    });

    it("has outbound access through Cloud NAT, for the nodes' subnetwork only", () => {
        assert.deepEqual(inputsOf(network, "gcp:compute/router:Router"), {
            "network-router": { ...place, network: "network-id" },
        });
        assert.deepEqual(inputsOf(network, "gcp:compute/routerNat:RouterNat"), {
            "network-nat": {
                ...place,
                router: "network-router-name",
                natIpAllocateOption: "AUTO_ONLY",
                sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
                subnetworks: [{ name: "network-nodes-id", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
                enableDynamicPortAllocation: true,
                enableEndpointIndependentMapping: false,
                minPortsPerVm: 256,
                maxPortsPerVm: 8192,
                logConfig: { enable: true, filter: "ERRORS_ONLY" },
            },
        });
    });

    it("is behind a rule that logs and denies all, and one for the operators' webhooks, which GKE does not allow (D9)", () => {
        assert.deepEqual(inputsOf(network, "gcp:compute/firewall:Firewall"), {
            // Of KEDA, CloudNativePG and ECK; GKE allows the ports of the other declared webhooks.
            "network-allow-webhooks": {
                project,
                network: "network-id",
                description: "The control plane calls admission webhooks on the nodes",
                direction: "INGRESS",
                priority: 1000,
                sourceRanges: ["172.31.240.0/28"],
                allows: [{ protocol: "tcp", ports: ["6443", "9443"] }],
            },
            "network-deny-ingress": {
                project,
                network: "network-id",
                description: "Everything that no other rule lets in, written down",
                direction: "INGRESS",
                priority: 65534,
                sourceRanges: ["0.0.0.0/0"],
                denies: [{ protocol: "all" }],
                logConfig: { metadata: "INCLUDE_ALL_METADATA" },
            },
        });
    });

    it("reserves a range for managed services and peers with it (D4)", () => {
        assert.deepEqual(inputsOf(network, "gcp:compute/globalAddress:GlobalAddress"), {
            "network-managed": {
                project,
                purpose: "VPC_PEERING",
                addressType: "INTERNAL",
                network: "network-id",
                address: "10.49.0.0",
                prefixLength: 20,
            },
        });
        assert.deepEqual(inputsOf(network, "gcp:servicenetworking/connection:Connection"), {
            "network-managed": {
                network: "network-id",
                service: "servicenetworking.googleapis.com",
                reservedPeeringRanges: ["network-managed-name"],
            },
        });
    });

    it("waits for what it uses only", () => {
        assert.deepEqual(waits(prod, network), {
            "Network network": [],
            "Subnetwork network-nodes": ["Network network"],
            "Router network-router": ["Network network"],
            "RouterNat network-nat": ["Router network-router", "Subnetwork network-nodes"],
            "Firewall network-allow-webhooks": ["Network network"],
            "Firewall network-deny-ingress": ["Network network"],
            "GlobalAddress network-managed": ["Network network"],
            "Connection network-managed": ["GlobalAddress network-managed"],
        });
    });

    it("has no options besides parent and provider", () => {
        assert.deepEqual(optionsOf(network), {});
        assert.deepEqual([...new Set(network.map(({ provider }) => provider))].sort(), ["gcp gcp", undefined]);
    });

    it("differs by tier in flow logs, which are billed by volume, and in the port of KEDA, which dev does not have", async () => {
        const nodes = (all: readonly Deployed[]) => all.filter(({ title }) => title === "Subnetwork network-nodes");
        const rest = (all: readonly Deployed[]) => all.filter((one) => !nodes(all).includes(one));
        const logs = {
            dev: { aggregationInterval: "INTERVAL_10_MIN", flowSampling: 0.1, metadata: "EXCLUDE_ALL_METADATA" },
            staging: { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
        };
        for (const tier of ["dev", "staging"] as const) {
            const other = inLayer(await deployment("gcp", tier), "network");
            const ports = tier === "dev" ? ["9443"] : ["6443", "9443"];
            const others = rest(network).map((one) =>
                one.title === "Firewall network-allow-webhooks"
                    ? { ...one, inputs: { ...one.inputs, allows: [{ protocol: "tcp", ports }] } }
                    : one,
            );
            assert.deepEqual(rest(other), others, tier);
            const expected = nodes(network).map((one) => ({
                ...one,
                inputs: { ...one.inputs, logConfig: logs[tier] },
            }));
            assert.deepEqual(nodes(other), expected, tier);
        }
    });

    it("follows the stack's ranges and region", async () => {
        const own = await deployCluster("gcp", "dev", {
            gcp: { project: "other-project", region: "europe-west1" },
            network: {
                nodes: "10.1.0.0/20",
                pods: "10.4.0.0/14",
                services: "10.2.0.0/20",
                controlPlane: "172.16.0.0/28",
                managed: "10.3.0.0/24",
            },
        });
        const text = JSON.stringify(inLayer(own, "network").map(({ inputs }) => inputs));
        for (const range of ["10.1.0.0/20", "10.4.0.0/14", "10.2.0.0/20", "10.3.0.0"]) {
            assert.equal(text.split(`"${range}"`).length, 2, range);
        }
        assert.ok(text.includes('"prefixLength":24'), text);
        assert.doesNotMatch(text, /us-central1|shop-project|10\.4[0-9]\./);
    });

    it("registers what the next layers use", () => {
        assert.deepEqual(outputsOf(network), {
            "GcpNetwork network": {
                id: "network-id",
                nodeSubnetIds: ["network-nodes-id"],
                managedServices: "network-id",
                podRange: "pods",
                serviceRange: "services",
            },
            "ManagedServices network-managed": { vpcId: "network-id" },
        });
    });
});

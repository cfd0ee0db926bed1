import assert from "node:assert/strict";

import { inputsOf, outputsOf, waits } from "../../deployed";
import { type Deployment, deployCluster, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"];
const networks = ["10.0.0.0/16", "192.168.0.0/24"];
const transitGateway = "tgw-0123456789abcdef0";

const routes = zones.flatMap((zone) =>
    networks.map((network) => [`network-transit-${zone}-${network.replace("/", "-")}`, zone, network] as const),
);

describe("the way to the private control plane on AWS through a transit gateway", () => {
    let all: Deployment;
    before(async () => {
        all = await deployCluster("aws", "prod", {
            aws: { accountId: "123456789012", transitGateway, connectedNetworks: networks },
            cluster: { authorizedNetworks: ["10.0.0.0/16", "10.1.0.0/16"] },
        });
    });

    it("is an attachment of the private subnets, with routes of each to the networks (E1)", () => {
        const network = inLayer(all, "network");
        assert.deepEqual(inputsOf(network, "aws:ec2transitgateway/vpcAttachment:VpcAttachment"), {
            "network-transit": {
                vpcId: "network-id",
                transitGatewayId: transitGateway,
                subnetIds: zones.map((zone) => `network-private-${zone}-id`),
                tags: { Name: "network-transit" },
            },
        });
        const found = Object.entries(inputsOf(network, "aws:ec2/route:Route")).filter(([name]) =>
            name.startsWith("network-transit"),
        );
        assert.deepEqual(
            Object.fromEntries(found),
            Object.fromEntries(
                routes.map(([name, zone, destinationCidrBlock]) => [
                    name,
                    {
                        routeTableId: `network-private-${zone}-id`,
                        destinationCidrBlock,
                        transitGatewayId: transitGateway,
                    },
                ]),
            ),
        );
        assert.deepEqual(outputsOf(network)["TransitGatewayConnection network-transit"], {
            attachment: "network-transit-id",
        });
    });

    it("admits the networks behind it and the listed ones, each once (D9)", () => {
        const cluster = inLayer(all, "cluster");
        const rule = (cidrIpv4: string) => ({
            securityGroupId: "cluster-endpoint-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4,
        });
        assert.deepEqual(inputsOf(cluster, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), {
            "cluster-endpoint-10.0.0.0-16": rule("10.0.0.0/16"),
            "cluster-endpoint-10.1.0.0-16": rule("10.1.0.0/16"),
            "cluster-endpoint-192.168.0.0-24": rule("192.168.0.0/24"),
        });
    });

    it("exists before the cluster; routes follow the attachment", () => {
        const order = waits(all, inLayer(all, "network"));
        for (const [name, zone] of routes) {
            assert.deepEqual(order[`Route ${name}`], [
                `RouteTable network-private-${zone}`,
                "VpcAttachment network-transit",
            ]);
        }
        const needed = waits(all, inLayer(all, "cluster"))["Cluster cluster"] ?? [];
        for (const [name] of routes) {
            assert.ok(needed.includes(`Route ${name}`), name);
        }
        assert.ok(needed.includes("SecurityGroupIngressRule cluster-endpoint-192.168.0.0-24"));
    });
});

describe("zones of AWS by name", () => {
    it("are names of subnets and of nodes", async () => {
        const names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
        const own = await deployCluster("aws", "dev", {
            aws: { accountId: "123456789012", region: "eu-west-1", zones: names },
        });
        const subnets = Object.values(inputsOf(inLayer(own, "network"), "aws:ec2/subnet:Subnet"));
        assert.deepEqual(
            subnets.map((subnet) => [subnet["availabilityZone"], subnet["availabilityZoneId"]]).sort(),
            [...names, ...names].sort().map((zone) => [zone, undefined]),
        );
    });
});

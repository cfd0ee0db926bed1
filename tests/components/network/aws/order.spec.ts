import assert from "node:assert/strict";

import { waits } from "../../deployed";
import { type Deployment, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"] as const;
const services = ["ec2", "ecr-api", "ecr-dkr", "eks", "eks-auth", "logs", "sts"];

/** What does not depend on the tier. */
const common: Readonly<Record<string, readonly string[]>> = {
    "Vpc network": [],
    "DefaultSecurityGroup network-default": ["Vpc network"],
    "InternetGateway network-internet": ["Vpc network"],
    "RouteTable network-public": ["Vpc network"],
    "Route network-public-internet": ["InternetGateway network-internet", "RouteTable network-public"],
    "VpcEndpoint network-s3": zones.map((zone) => `RouteTable network-private-${zone}`),
    "Key network-flow-logs-key": [],
    "LogGroup network-flow-logs": ["Key network-flow-logs-key"],
    "Role network-flow-logs-role": [],
    "RolePolicy network-flow-logs-write": ["LogGroup network-flow-logs", "Role network-flow-logs-role"],
    // Logs are delivered with the role's permissions.
    "FlowLog network-flow-logs-vpc": ["RolePolicy network-flow-logs-write", "Vpc network"],
    ...Object.fromEntries(
        zones.flatMap((zone) => [
            [`Subnet network-public-${zone}`, ["Vpc network"]],
            [`Subnet network-private-${zone}`, ["Vpc network"]],
            [`RouteTable network-private-${zone}`, ["Vpc network"]],
            [
                `RouteTableAssociation network-public-${zone}`,
                ["RouteTable network-public", `Subnet network-public-${zone}`],
            ],
            [
                `RouteTableAssociation network-private-${zone}`,
                [`RouteTable network-private-${zone}`, `Subnet network-private-${zone}`],
            ],
        ]),
    ),
};

/** NAT gateways, and the routes of the private subnets through them. */
function nat(gateways: readonly string[]): Record<string, readonly string[]> {
    return Object.fromEntries([
        ...gateways.flatMap((zone): [string, string[]][] => [
            [`Eip network-nat-${zone}`, []],
            // Without a route to the internet the gateway never becomes available.
            [
                `NatGateway network-nat-${zone}`,
                [`Eip network-nat-${zone}`, "Route network-public-internet", `Subnet network-public-${zone}`],
            ],
        ]),
        ...zones.map((zone, index): [string, string[]] => [
            `Route network-private-${zone}-nat`,
            [`NatGateway network-nat-${gateways[index] ?? gateways[0] ?? ""}`, `RouteTable network-private-${zone}`],
        ]),
    ]);
}

const endpoints: Readonly<Record<string, readonly string[]>> = {
    "SecurityGroup network-endpoints": ["Vpc network"],
    "SecurityGroupIngressRule network-endpoints": ["SecurityGroup network-endpoints"],
    ...Object.fromEntries(
        services.map((service) => [
            `VpcEndpoint network-endpoints-${service}`,
            ["SecurityGroup network-endpoints", ...zones.map((zone) => `Subnet network-private-${zone}`)],
        ]),
    ),
};

describe("the order of creation of the network on AWS", () => {
    const order = (all: Deployment) => waits(all, inLayer(all, "network"));

    it("has one NAT gateway per zone in prod", async () => {
        assert.deepEqual(order(await deployment("aws", "prod")), { ...common, ...nat(zones), ...endpoints });
    });

    it("has one NAT gateway for all zones in staging and dev", async () => {
        const first = nat(["use1-az1"]);
        assert.deepEqual(order(await deployment("aws", "staging")), { ...common, ...first, ...endpoints });
        assert.deepEqual(order(await deployment("aws", "dev")), { ...common, ...first });
    });
});

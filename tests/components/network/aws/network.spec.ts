import assert from "node:assert/strict";

import { countOf, inputsOf, optionsOf, outputsOf } from "../../deployed";
import { type Deployed, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"] as const;
const vpcId = "network-id";

/** One entry per zone. */
function perZone<T>(entry: (zone: string, index: number) => readonly [string, T][]): Record<string, T> {
    return Object.fromEntries(zones.flatMap((zone, index) => entry(zone, index)));
}

describe("each resource of the network on AWS", () => {
    let network: readonly Deployed[];
    let dev: readonly Deployed[];
    before(async () => {
        network = inLayer(await deployment("aws", "prod"), "network");
        dev = inLayer(await deployment("aws", "dev"), "network");
    });

    it("is one of these", () => {
        assert.deepEqual(countOf(network), {
            "aws:cloudwatch/logGroup:LogGroup": 1,
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
            "aws:ec2/eip:Eip": 3,
            "aws:ec2/flowLog:FlowLog": 1,
            "aws:ec2/internetGateway:InternetGateway": 1,
            "aws:ec2/natGateway:NatGateway": 3,
            "aws:ec2/route:Route": 4,
            "aws:ec2/routeTable:RouteTable": 4,
            "aws:ec2/routeTableAssociation:RouteTableAssociation": 6,
            "aws:ec2/securityGroup:SecurityGroup": 1,
            "aws:ec2/subnet:Subnet": 6,
            "aws:ec2/vpc:Vpc": 1,
            "aws:ec2/vpcEndpoint:VpcEndpoint": 8,
            "aws:iam/role:Role": 1,
            "aws:iam/rolePolicy:RolePolicy": 1,
            "aws:kms/key:Key": 1,
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 1,
        });
    });

    it("is in a VPC with DNS, whose default security group allows nothing (CL-02, D9)", () => {
        assert.deepEqual(inputsOf(network, "aws:ec2/vpc:Vpc"), {
            network: {
                cidrBlock: "10.40.0.0/16",
                enableDnsSupport: true,
                enableDnsHostnames: true,
                tags: { Name: "network" },
            },
        });
        assert.deepEqual(inputsOf(network, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"), {
            "network-default": { vpcId, ingress: [], egress: [] },
        });
    });

    it("is in a public or a private subnet per zone, without automatic public addresses (CL-02, E10)", () => {
        const publicRanges = ["10.40.192.0/20", "10.40.208.0/20", "10.40.224.0/20"];
        const privateRanges = ["10.40.0.0/18", "10.40.64.0/18", "10.40.128.0/18"];
        const common = { vpcId, mapPublicIpOnLaunch: false };
        assert.deepEqual(
            inputsOf(network, "aws:ec2/subnet:Subnet"),
            perZone<object>((zone, index) => [
                [
                    `network-public-${zone}`,
                    {
                        ...common,
                        availabilityZoneId: zone,
                        cidrBlock: publicRanges[index],
                        tags: { Name: `network-public-${zone}`, "kubernetes.io/role/elb": "1" },
                    },
                ],
                [
                    `network-private-${zone}`,
                    {
                        ...common,
                        availabilityZoneId: zone,
                        cidrBlock: privateRanges[index],
                        tags: { Name: `network-private-${zone}`, "kubernetes.io/role/internal-elb": "1" },
                    },
                ],
            ]),
        );
    });

    it("reaches the internet through a gateway for public subnets and a NAT gateway per zone", () => {
        assert.deepEqual(inputsOf(network, "aws:ec2/internetGateway:InternetGateway"), {
            "network-internet": { vpcId, tags: { Name: "network-internet" } },
        });
        assert.deepEqual(
            inputsOf(network, "aws:ec2/eip:Eip"),
            perZone((zone) => [[`network-nat-${zone}`, { domain: "vpc", tags: { Name: `network-nat-${zone}` } }]]),
        );
        assert.deepEqual(
            inputsOf(network, "aws:ec2/natGateway:NatGateway"),
            perZone((zone) => [
                [
                    `network-nat-${zone}`,
                    {
                        allocationId: `network-nat-${zone}-allocation`,
                        subnetId: `network-public-${zone}-id`,
                        tags: { Name: `network-nat-${zone}` },
                    },
                ],
            ]),
        );
    });

    it("has one route table for public subnets and one per private subnet", () => {
        const table = (name: string) => ({ vpcId, tags: { Name: name } });
        assert.deepEqual(inputsOf(network, "aws:ec2/routeTable:RouteTable"), {
            "network-public": table("network-public"),
            ...perZone((zone) => [[`network-private-${zone}`, table(`network-private-${zone}`)]]),
        });
        assert.deepEqual(
            inputsOf(network, "aws:ec2/routeTableAssociation:RouteTableAssociation"),
            perZone((zone) => [
                [
                    `network-public-${zone}`,
                    { subnetId: `network-public-${zone}-id`, routeTableId: "network-public-id" },
                ],
                [
                    `network-private-${zone}`,
                    { subnetId: `network-private-${zone}-id`, routeTableId: `network-private-${zone}-id` },
                ],
            ]),
        );
    });

    const routes = (gateway: (zone: string) => string) => ({
        "network-public-internet": {
            routeTableId: "network-public-id",
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: "network-internet-id",
        },
        ...perZone((zone) => [
            [
                `network-private-${zone}-nat`,
                {
                    routeTableId: `network-private-${zone}-id`,
                    destinationCidrBlock: "0.0.0.0/0",
                    natGatewayId: `network-nat-${gateway(zone)}-id`,
                },
            ],
        ]),
    });

    it("routes each private subnet through the NAT gateway of its zone in prod, and of the first in other tiers", async () => {
        const route = "aws:ec2/route:Route";
        assert.deepEqual(
            inputsOf(network, route),
            routes((zone) => zone),
        );
        const first = routes(() => "use1-az1");
        assert.deepEqual(inputsOf(dev, route), first);
        assert.deepEqual(inputsOf(inLayer(await deployment("aws", "staging"), "network"), route), first);
        assert.deepEqual(Object.keys(inputsOf(dev, "aws:ec2/natGateway:NatGateway")), ["network-nat-use1-az1"]);
        assert.deepEqual(Object.keys(inputsOf(dev, "aws:ec2/eip:Eip")), ["network-nat-use1-az1"]);
    });

    it("differs by tier in NAT gateways, interface endpoints and flow logs only", async () => {
        const rest = (all: readonly Deployed[]) =>
            all
                .filter(({ title }) => !/^(NatGateway|Eip|Route) |network-endpoints|^AwsNetwork|-flow-logs/.test(title))
                .map(({ title, inputs, options }) => ({ title, inputs, options }));
        const staging = inLayer(await deployment("aws", "staging"), "network");
        assert.deepEqual(rest(dev), rest(network));
        assert.deepEqual(rest(staging), rest(network));
        const endpoints = (all: readonly Deployed[]) => all.filter(({ name }) => name.startsWith("network-endpoints"));
        assert.equal(endpoints(network).length, 10);
        assert.deepEqual(endpoints(staging), endpoints(network));
        assert.deepEqual(endpoints(dev), []);
    });

    it("keeps flow logs for a month in staging and dev, where they are deleted with the stack, and a year in prod", async () => {
        const view = (all: readonly Deployed[]) => ({
            days: inputsOf(all, "aws:cloudwatch/logGroup:LogGroup")["network-flow-logs"]?.["retentionInDays"],
            seconds: inputsOf(all, "aws:ec2/flowLog:FlowLog")["network-flow-logs-vpc"]?.["maxAggregationInterval"],
            options: optionsOf(all.filter(({ name }) => name.startsWith("network-flow-logs"))),
        });
        const staging = inLayer(await deployment("aws", "staging"), "network");
        assert.deepEqual(view(dev), { days: 30, seconds: 600, options: {} });
        assert.deepEqual(view(staging), { days: 30, seconds: 60, options: {} });
        const kept = { retainOnDelete: true };
        assert.deepEqual(view(network), {
            days: 400,
            seconds: 60,
            options: { "Key network-flow-logs-key": kept, "LogGroup network-flow-logs": kept },
        });
    });

    it("has no options besides parent, provider and dependencies", () => {
        assert.deepEqual(optionsOf(network.filter(({ name }) => !name.startsWith("network-flow-logs"))), {});
        assert.deepEqual([...new Set(network.map(({ provider }) => provider))].sort(), ["aws aws", undefined]);
    });

    it("registers what the next layers use", () => {
        const endpoints = ["ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "logs"];
        assert.deepEqual(outputsOf(network), {
            "AwsNetwork network": {
                id: "network-id",
                nodeSubnetIds: zones.map((zone) => `network-private-${zone}-id`),
                managedServices: "network-id",
            },
            "FlowLogs network-flow-logs": { logGroup: "network-flow-logs-name" },
            "InterfaceEndpoints network-endpoints": {
                ids: Object.fromEntries(
                    endpoints.map((service) => [service, `network-endpoints-${service.replace(".", "-")}-id`]),
                ),
            },
        });
    });
});

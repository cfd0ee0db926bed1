import assert from "node:assert/strict";

import * as ipaddr from "ipaddr.js";

import { createNetwork } from "../../../components/network";
import { subnetRanges } from "../../../components/network/aws/subnets";
import type { PlannedResource } from "../../../tools/plan";
import { configOf, networkArgs, inputs, names, one, planned, tally } from "../layers";

describe("the ranges of a VPC's subnets", () => {
    it("are three quarters and three sixteenths of the VPC", () => {
        assert.deepEqual(subnetRanges("10.40.0.0/16"), {
            private: ["10.40.0.0/18", "10.40.64.0/18", "10.40.128.0/18"],
            public: ["10.40.192.0/20", "10.40.208.0/20", "10.40.224.0/20"],
        });
        assert.deepEqual(subnetRanges("192.168.240.0/20").public, [
            "192.168.252.0/24",
            "192.168.253.0/24",
            "192.168.254.0/24",
        ]);
    });

    for (const vpc of ["10.0.0.0/16", "10.200.128.0/17", "172.16.64.0/18", "203.0.96.0/19", "192.168.16.0/20"]) {
        it(`never overlap and never leave ${vpc}`, () => {
            const ranges = subnetRanges(vpc);
            const all = [...ranges.private, ...ranges.public];
            assert.equal(all.length, 6);
            const [base, prefix] = ipaddr.IPv4.parseCIDR(vpc);
            for (const [index, one] of all.entries()) {
                const [address, length] = ipaddr.IPv4.parseCIDR(one);
                assert.equal(ipaddr.IPv4.networkAddressFromCIDR(one).toString(), address.toString());
                assert.ok(address.match(base, prefix), `${one} is outside of ${vpc}`);
                for (const other of all.slice(index + 1)) {
                    const [otherAddress, otherLength] = ipaddr.IPv4.parseCIDR(other);
                    assert.ok(!address.match(otherAddress, Math.min(length, otherLength)), `${one} overlaps ${other}`);
                }
            }
        });
    }

    for (const vpc of ["10.0.0.0/15", "10.0.0.0/21"]) {
        it(`are rejected for ${vpc}`, () => {
            const message = `network.nodes (${vpc}) cannot be split into a VPC's subnets; give a range from /16 to /20`;
            assert.throws(() => subnetRanges(vpc), { message });
        });
    }
});

describe("the network on GCP", () => {
    let resources: readonly PlannedResource[];
    before(async () => {
        resources = await planned(() => createNetwork("network", networkArgs(configOf("gcp", "prod"))));
    });

    it("is a VPC with one subnetwork, a NAT, two firewall rules and a peering for managed services", () => {
        assert.deepEqual(tally(resources), {
            "gcp:compute/firewall:Firewall": 2,
            "gcp:compute/globalAddress:GlobalAddress": 1,
            "gcp:compute/network:Network": 1,
            "gcp:compute/router:Router": 1,
            "gcp:compute/routerNat:RouterNat": 1,
            "gcp:compute/subnetwork:Subnetwork": 1,
            "gcp:servicenetworking/connection:Connection": 1,
            "shop:network:GcpNetwork": 1,
            "shop:network:ManagedServices": 1,
        });
    });

    it("gives managed databases private addresses of a range of their own (D4)", () => {
        assert.deepEqual(inputs(resources, "gcp:compute/globalAddress:GlobalAddress", "network-managed"), {
            project: "shop-project",
            purpose: "VPC_PEERING",
            addressType: "INTERNAL",
            network: "[unknown]",
            address: "10.49.0.0",
            prefixLength: 20,
        });
        assert.deepEqual(inputs(resources, "gcp:servicenetworking/connection:Connection", "network-managed"), {
            network: "[unknown]",
            service: "servicenetworking.googleapis.com",
            reservedPeeringRanges: ["[unknown]"],
        });
    });

    it("has no automatic subnetworks, logs flows and reaches Google APIs privately (D11)", () => {
        assert.equal(inputs(resources, "gcp:compute/network:Network", "network")["autoCreateSubnetworks"], false);
        assert.deepEqual(inputs(resources, "gcp:compute/subnetwork:Subnetwork", "network-nodes"), {
            project: "shop-project",
            region: "us-central1",
            network: "[unknown]",
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
        });
    });

    it("denies what GKE does not allow (D9)", () => {
        const rules = resources.filter(({ type }) => type === "gcp:compute/firewall:Firewall");
        // The metrics of KEDA, and the webhooks of CloudNativePG, KEDA and ECK.
        assert.deepEqual(
            rules.flatMap(({ inputs: rule }) => rule["allows"] ?? []),
            [{ protocol: "tcp", ports: ["6443", "9443"] }],
        );
        const denied = inputs(resources, "gcp:compute/firewall:Firewall", "network-deny-ingress");
        assert.deepEqual(denied["denies"], [{ protocol: "all" }]);
        assert.deepEqual(denied["sourceRanges"], ["0.0.0.0/0"]);
        assert.equal(denied["priority"], 65534);
    });

    it("allows the control plane's calls to webhooks on the ports that GKE does not allow (D9)", async () => {
        const config = configOf("gcp", "prod");
        const { declared } = networkArgs(config);
        const [group] = declared.pods;
        const webhooks = [9443, 10250, 443, 8000, 9443].map((webhook) => ({ webhook }));
        const pods = [{ ...group!, callers: [...webhooks, { metrics: 9090 }] }];
        const all = await planned(() => createNetwork("network", { config, declared: { ...declared, pods } }));
        assert.deepEqual(inputs(all, "gcp:compute/firewall:Firewall", "network-allow-webhooks"), {
            project: "shop-project",
            network: "[unknown]",
            description: "The control plane calls admission webhooks on the nodes",
            direction: "INGRESS",
            priority: 1000,
            sourceRanges: ["172.31.240.0/28"],
            allows: [{ protocol: "tcp", ports: ["8000", "9443"] }],
        });
    });

    it("has NAT for the nodes' subnetwork only, with dynamic port allocation", () => {
        const nat = inputs(resources, "gcp:compute/routerNat:RouterNat", "network-nat");
        assert.equal(nat["sourceSubnetworkIpRangesToNat"], "LIST_OF_SUBNETWORKS");
        assert.equal((nat["subnetworks"] as unknown[]).length, 1);
        // The API rejects both together.
        assert.equal(nat["enableDynamicPortAllocation"], true);
        assert.equal(nat["enableEndpointIndependentMapping"], false);
    });
});

describe("the network on AWS", () => {
    let prod: readonly PlannedResource[];
    let dev: readonly PlannedResource[];
    before(async () => {
        prod = await planned(() => createNetwork("network", networkArgs(configOf("aws", "prod"))));
        dev = await planned(() => createNetwork("network", networkArgs(configOf("aws", "dev"))));
    });

    it("has three public and three private subnets and a NAT gateway per zone in prod (CL-02)", () => {
        assert.deepEqual(tally(prod), {
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
            "shop:network:AwsNetwork": 1,
            "shop:network:FlowLogs": 1,
            "shop:network:InterfaceEndpoints": 1,
        });
    });

    it("has one NAT gateway and no interface endpoints in dev, and is otherwise the same (CL-02)", () => {
        const prodOnly = ["use1-az2", "use1-az4"].flatMap((zone) => [
            `aws:ec2/eip:Eip network-nat-${zone}`,
            `aws:ec2/natGateway:NatGateway network-nat-${zone}`,
        ]);
        assert.deepEqual(
            names(prod).filter((name) => !names(dev).includes(name) && !name.includes("network-endpoints")),
            prodOnly.sort(),
        );
        assert.deepEqual(
            names(dev).filter((name) => !names(prod).includes(name)),
            [],
        );
    });

    it("routes each private subnet through its zone's gateway in prod, through the only one in dev", () => {
        const through = (all: readonly PlannedResource[], zone: string) =>
            one(all, "aws:ec2/route:Route", `network-private-${zone}-nat`).options.dependsOn?.find((urn) =>
                urn.includes("NatGateway"),
            );
        for (const zone of ["use1-az1", "use1-az2", "use1-az4"]) {
            assert.match(through(prod, zone) ?? "", new RegExp(`::network-nat-${zone}$`));
            assert.match(through(dev, zone) ?? "", /::network-nat-use1-az1$/);
        }
    });

    it("assigns no public addresses automatically and tags subnets for load balancers (E10)", () => {
        for (const [index, zone] of ["use1-az1", "use1-az2", "use1-az4"].entries()) {
            for (const [kind, role, range] of [
                ["public", "kubernetes.io/role/elb", `10.40.${192 + 16 * index}.0/20`],
                ["private", "kubernetes.io/role/internal-elb", `10.40.${64 * index}.0/18`],
            ] as const) {
                assert.deepEqual(inputs(prod, "aws:ec2/subnet:Subnet", `network-${kind}-${zone}`), {
                    vpcId: "[unknown]",
                    availabilityZoneId: zone,
                    cidrBlock: range,
                    mapPublicIpOnLaunch: false,
                    tags: { Name: `network-${kind}-${zone}`, [role]: "1" },
                });
            }
        }
    });

    it("empties the default security group (D9) and logs every flow (D11)", () => {
        const group = inputs(prod, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default");
        assert.deepEqual(group, { vpcId: "[unknown]", ingress: [], egress: [] });
        const flows = inputs(prod, "aws:ec2/flowLog:FlowLog", "network-flow-logs-vpc");
        assert.equal(flows["trafficType"], "ALL");
        const logs = inputs(prod, "aws:cloudwatch/logGroup:LogGroup", "network-flow-logs");
        assert.equal(logs["retentionInDays"], 400);
    });
});

describe("the network of an existing cluster", () => {
    it("is not created", async () => {
        assert.equal(createNetwork("network", networkArgs(configOf("existing", "dev"))), undefined);
        assert.deepEqual(await planned(() => createNetwork("network", networkArgs(configOf("existing", "dev")))), []);
    });
});

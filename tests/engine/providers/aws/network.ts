import { overlap, parseCidr, within } from "../core/cidr";
import type { ResourceType, RuleContext } from "../core/cloud";
import { given, numberAt, stringAt, type Bag } from "../core/value";
import { arnErrors, ec2Arn, generatedId, ownerId, region, regionOf, tagErrors, tagsAll } from "./common";
import { gatewayErrors } from "./transit-gateway";

/**
 * Start of the zones' ids by region; in other regions any id is accepted.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
const ZONE_ID_PREFIXES: Readonly<Record<string, string>> = { "us-east-1": "use1-az", "us-west-2": "usw2-az" };

const TABLE = "aws:ec2/routeTable:RouteTable";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html: from /16 to /28. */
function vpcErrors(inputs: Bag): string[] {
    const cidr = stringAt(inputs, "cidrBlock");
    const bits = cidr === undefined ? 16 : (parseCidr(cidr)?.bits ?? 0);
    const valid = bits >= 16 && bits <= 28;
    return [...(valid ? [] : [`InvalidVpc.Range: The CIDR '${cidr ?? ""}' is invalid.`]), ...tagErrors(inputs)];
}

/** Within the VPC's block, without overlaps, in a zone of the region: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html. */
async function subnetErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors = tagErrors(inputs);
    const zone = stringAt(inputs, "availabilityZone");
    if (zone !== undefined && !zone.startsWith(regionOf(inputs, context))) {
        errors.push(`InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid.`);
    }
    const zoneId = stringAt(inputs, "availabilityZoneId");
    if (zone !== undefined && zoneId !== undefined) {
        errors.push('"availability_zone": conflicts with availability_zone_id');
    }
    const prefix = ZONE_ID_PREFIXES[regionOf(inputs, context)];
    if (zoneId !== undefined && prefix !== undefined && !zoneId.startsWith(prefix)) {
        errors.push(`InvalidParameterValue: Value (${zoneId}) for parameter availabilityZoneId is invalid.`);
    }
    const cidr = stringAt(inputs, "cidrBlock");
    const vpcId = stringAt(inputs, "vpcId");
    if (cidr === undefined) {
        return errors;
    }
    if (parseCidr(cidr) === undefined) {
        return [...errors, `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`];
    }
    const vpc = vpcId === undefined ? undefined : await context.byId(VPC, vpcId);
    const block = stringAt(vpc, "cidrBlock");
    if (block !== undefined && !within(cidr, block)) {
        errors.push(`InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`);
    }
    const siblings = (await context.others(SUBNET)).filter((other) => other["vpcId"] === vpcId);
    const conflicts = siblings.some((other) => overlap(cidr, stringAt(other, "cidrBlock") ?? ""));
    return conflicts ? [...errors, `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet`] : errors;
}

/** The name of a zone that is given by id; which one it is differs by account. */
function zoneName(inputs: Bag, _id: string, context: RuleContext): string {
    const number = Number(/-az([0-9]+)$/.exec(stringAt(inputs, "availabilityZoneId") ?? "")?.[1] ?? 1);
    return `${regionOf(inputs, context)}${"abcdef".charAt((number - 1) % 6)}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html. */
function natErrors(inputs: Bag): string[] {
    const isPublic = (stringAt(inputs, "connectivityType") ?? "public") === "public";
    return isPublic && !given(inputs, "allocationId")
        ? ["MissingParameter: The request must contain the parameter AllocationId", ...tagErrors(inputs)]
        : tagErrors(inputs);
}

const TARGETS = ["gatewayId", "natGatewayId", "transitGatewayId", "vpcPeeringConnectionId", "networkInterfaceId"];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html: exactly one target. */
function routeErrors(inputs: Bag): string[] {
    const targets = TARGETS.filter((target) => given(inputs, target));
    const destination = stringAt(inputs, "destinationCidrBlock");
    return [
        ...(targets.length === 1 ? [] : [`one of \`${TARGETS.join(", ")}\` must be specified, got ${targets.length}`]),
        ...(destination === undefined || parseCidr(destination) !== undefined
            ? []
            : [`InvalidParameterValue: The destination CIDR block ${destination} is invalid.`]),
    ];
}

/** Protocols without a range of ports are accepted without: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html. */
const WITH_PORTS = ["tcp", "udp", "icmp", "6", "17", "1"];

/** Exactly one source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html. */
function ruleErrors(inputs: Bag): string[] {
    const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
    const found = sources.filter((source) => given(inputs, source));
    const [from, to] = [inputs["fromPort"], inputs["toPort"]];
    const protocol = stringAt(inputs, "ipProtocol") ?? "";
    const errors = found.length === 1 ? [] : [`exactly one of ${sources.join(", ")} must be specified`];
    if (WITH_PORTS.includes(protocol) && (from === undefined || to === undefined)) {
        errors.push(`InvalidParameterValue: from_port and to_port are required for ip_protocol ${protocol}`);
    }
    return [...errors, ...tagErrors(inputs)];
}

const rule: ResourceType = {
    required: ["securityGroupId", "ipProtocol"],
    replaceOn: ["securityGroupId"],
    refuse: ruleErrors,
    id: generatedId("sgr"),
    computed: { arn: ec2Arn("security-group-rule"), securityGroupRuleId: (_inputs, id) => id, region, tagsAll },
};

export const network: Readonly<Record<string, ResourceType>> = {
    [VPC]: {
        required: ["cidrBlock"],
        replaceOn: ["cidrBlock", "instanceTenancy", "region"],
        refuse: vpcErrors,
        id: generatedId("vpc"),
        computed: {
            arn: ec2Arn("vpc"),
            defaultSecurityGroupId: (_inputs, id) => id.replace("vpc-", "sg-"),
            mainRouteTableId: (_inputs, id) => id.replace("vpc-", "rtb-"),
            ownerId,
            region,
            tagsAll,
        },
    },
    [SUBNET]: {
        required: ["vpcId"],
        replaceOn: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "region"],
        refuse: subnetErrors,
        id: generatedId("subnet"),
        computed: { arn: ec2Arn("subnet"), availabilityZone: zoneName, ownerId, region, tagsAll },
    },
    "aws:ec2/internetGateway:InternetGateway": {
        refuse: tagErrors,
        id: generatedId("igw"),
        computed: { arn: ec2Arn("internet-gateway"), ownerId, region, tagsAll },
    },
    "aws:ec2/eip:Eip": {
        replaceOn: ["domain"],
        refuse: tagErrors,
        id: generatedId("eipalloc"),
        computed: { allocationId: (_inputs, id) => id, publicIp: () => "203.0.113.20", region, tagsAll },
    },
    "aws:ec2/natGateway:NatGateway": {
        required: ["subnetId"],
        replaceOn: ["subnetId", "allocationId", "connectivityType"],
        refuse: natErrors,
        id: generatedId("nat"),
        computed: { publicIp: () => "203.0.113.20", networkInterfaceId: (_inputs, id) => `eni-${id}`, region, tagsAll },
    },
    [TABLE]: {
        required: ["vpcId"],
        replaceOn: ["vpcId"],
        refuse: tagErrors,
        id: generatedId("rtb"),
        computed: { arn: ec2Arn("route-table"), ownerId, region, tagsAll },
    },
    "aws:ec2/route:Route": {
        required: ["routeTableId"],
        replaceOn: ["routeTableId", "destinationCidrBlock"],
        refuse: async (inputs, context) => [...routeErrors(inputs), ...(await gatewayErrors(inputs, context))],
        id: generatedId("r"),
        computed: { state: () => "active", origin: () => "CreateRoute", region },
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        required: ["routeTableId"],
        replaceOn: ["subnetId", "gatewayId"],
        id: generatedId("rtbassoc"),
        computed: { region },
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        autoName: "name",
        replaceOn: ["name", "vpcId", "description"],
        refuse: tagErrors,
        id: generatedId("sg"),
        computed: { arn: ec2Arn("security-group"), ownerId, region, tagsAll },
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        replaceOn: ["vpcId"],
        refuse: tagErrors,
        id: generatedId("sg"),
        computed: { arn: ec2Arn("security-group"), name: () => "default", ownerId, region, tagsAll },
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        required: ["vpcId", "serviceName"],
        replaceOn: ["vpcId", "serviceName", "vpcEndpointType"],
        refuse: (inputs, context) => {
            const service = stringAt(inputs, "serviceName");
            const known = service === undefined || service.startsWith(`com.amazonaws.${regionOf(inputs, context)}.`);
            const kind = stringAt(inputs, "vpcEndpointType") ?? "Gateway";
            // Only S3 and DynamoDB have gateway endpoints, and they have no private DNS names:
            // https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html,
            // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html. Services of other providers are refused; add them.
            const gateway = service === undefined || /\.(s3|dynamodb)$/.test(service);
            return [
                ...(kind === "Gateway" && known && !gateway
                    ? [
                          `InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]) for ${service}.`,
                      ]
                    : []),
                ...(kind === "Gateway" && inputs["privateDnsEnabled"] === true
                    ? ["InvalidParameter: Private DNS can't be enabled for Gateway endpoints"]
                    : []),
                ...(known ? [] : [`InvalidServiceName: The Vpc Endpoint Service '${service}' does not exist`]),
                ...tagErrors(inputs),
            ];
        },
        id: generatedId("vpce"),
        computed: { arn: ec2Arn("vpc-endpoint"), state: () => "available", ownerId, region, tagsAll },
    },
    "aws:ec2/flowLog:FlowLog": {
        replaceOn: [
            "vpcId",
            "trafficType",
            "logDestination",
            "logDestinationType",
            "iamRoleArn",
            "maxAggregationInterval",
        ],
        refuse: (inputs) => {
            // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html. On instances of the Nitro system the
            // interval is 60 seconds at most, whatever is given.
            const targets = ["vpcId", "subnetId", "eniId", "transitGatewayId"].filter((key) => given(inputs, key));
            const interval = numberAt(inputs, "maxAggregationInterval") ?? 600;
            const toLogs = (stringAt(inputs, "logDestinationType") ?? "cloud-watch-logs") === "cloud-watch-logs";
            return [
                ...(given(inputs, "trafficType") || given(inputs, "transitGatewayId")
                    ? []
                    : ["MissingParameter: The request must contain the parameter TrafficType"]),
                ...(toLogs && !given(inputs, "iamRoleArn")
                    ? ["MissingParameter: DeliverLogsPermissionArn is required if destination type is cloud-watch-logs"]
                    : []),
                ...(targets.length === 1
                    ? []
                    : ["one of `eni_id,subnet_id,transit_gateway_id,vpc_id` must be specified"]),
                ...([60, 600].includes(interval)
                    ? []
                    : [`expected max_aggregation_interval to be one of [60 600], got ${interval}`]),
                ...arnErrors(inputs, "iamRoleArn", "logDestination"),
                ...tagErrors(inputs),
            ];
        },
        id: generatedId("fl"),
        computed: { arn: ec2Arn("vpc-flow-log"), region, tagsAll },
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
};

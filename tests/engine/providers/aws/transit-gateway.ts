import type { ResourceType, RuleContext } from "../core/cloud";
import { stringAt, stringsAt, type Bag } from "../core/value";
import { ec2Arn, generatedId, ownerId, region, tagErrors, tagsAll } from "./common";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";

/** A route to a transit gateway needs an attachment of its VPC: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html. */
export async function gatewayErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const [gateway, tableId] = [stringAt(inputs, "transitGatewayId"), stringAt(inputs, "routeTableId")];
    // In a preview the attachment of the same update does not exist yet, which is no error.
    if (gateway === undefined || tableId === undefined || context.preview) {
        return [];
    }
    const vpcId = stringAt(await context.byId(TABLE, tableId), "vpcId");
    const attached = (await context.others(ATTACHMENT)).some(
        (other) => other["vpcId"] === vpcId && other["transitGatewayId"] === gateway,
    );
    return attached ? [] : [`InvalidTransitGatewayID.NotFound: transitGateway ID '${gateway}' does not exist.`];
}

/** One subnet per zone at most: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html. */
async function attachmentErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const subnets = await Promise.all(stringsAt(inputs, "subnetIds").map((id) => context.byId(SUBNET, id)));
    const zones = subnets.map(
        (subnet) => stringAt(subnet, "availabilityZoneId") ?? stringAt(subnet, "availabilityZone"),
    );
    const known = zones.filter((zone) => zone !== undefined);
    return new Set(known).size === known.length
        ? tagErrors(inputs)
        : ["DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ", ...tagErrors(inputs)];
}

export const transitGateway: Readonly<Record<string, ResourceType>> = {
    [ATTACHMENT]: {
        required: ["subnetIds", "transitGatewayId", "vpcId"],
        replaceOn: ["transitGatewayId", "vpcId"],
        refuse: attachmentErrors,
        id: generatedId("tgw-attach"),
        computed: { arn: ec2Arn("transit-gateway-attachment"), vpcOwnerId: ownerId, region, tagsAll },
    },
};

import assert from "node:assert/strict";
import type { Provider } from "../core/provider";
import { createIn, fresh, targetOf } from "../core/testing";
import { stringAt, type Bag } from "../core/value";
import { aws } from "./cloud";
import { CLUSTER, cluster, NODES, nodes, SETTINGS, SUBNET, VPC, vpc } from "./fixtures";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

async function network(zones: readonly string[]): Promise<{ provider: Provider; vpcId: string; subnetIds: string[] }> {
    const { provider } = await fresh(aws, SETTINGS);
    const { id: vpcId } = await createIn(provider, targetOf(VPC, "vpc"), vpc.inputs);
    const subnetIds: string[] = [];
    for (const [index, availabilityZoneId] of zones.entries()) {
        const inputs: Bag = { vpcId: vpcId ?? "", cidrBlock: `10.0.${index}.0/24`, availabilityZoneId };
        const { id } = await createIn(provider, targetOf(SUBNET, `subnet-${index}`), inputs);
        subnetIds.push(stringAt({ id: id ?? "" }, "id") ?? "");
    }
    return { provider, vpcId: stringAt({ id: vpcId ?? "" }, "id") ?? "", subnetIds };
}

describe("engine stand-ins: aws zones, versions and transit gateways", () => {
    it("refuses a cluster in a zone without EKS", async () => {
        const { provider, subnetIds } = await network(["use1-az1", "use1-az3"]);
        await assert.rejects(createIn(provider, targetOf(CLUSTER), { ...cluster, vpcConfig: { subnetIds } }), {
            message:
                "UnsupportedAvailabilityZoneException: Cannot create cluster 'shop' because use1-az3, the targeted availability zone, does not currently have sufficient capacity to support the cluster.",
        });
    });

    it("accepts a cluster in zones with EKS, by id", async () => {
        const { provider, subnetIds } = await network(["use1-az1", "use1-az2"]);
        await createIn(provider, targetOf(CLUSTER), { ...cluster, vpcConfig: { subnetIds } });
    });

    it("replaces a subnet in another zone", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const changes = [{ path: "availabilityZoneId", kind: "update" }] as const;
        assert.deepEqual(provider.replaces(targetOf(SUBNET), changes), ["availabilityZoneId"]);
    });

    it("raises a cluster by one minor version, and refuses to lower it", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const of = (version: string): Bag => ({ ...cluster, version });
        await createIn(provider, targetOf(CLUSTER), of("1.34"));
        const update = (version: string) => provider.update(targetOf(CLUSTER), "shop", of("1.34"), of(version), false);
        await update("1.35");
        await assert.rejects(update("1.34"), {
            message: "InvalidParameterException: Unsupported Kubernetes minor version update from 1.35 to 1.34",
        });
        await update("1.36");
    });

    it("refuses nodes that are newer than the control plane", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        await createIn(provider, targetOf(CLUSTER), { ...cluster, version: "1.35" });
        await assert.rejects(createIn(provider, targetOf(NODES), nodes({ version: "1.36" })), {
            message:
                "InvalidParameterException: Nodegroup Kubernetes version 1.36 may not be greater than cluster version 1.35",
        });
        await createIn(provider, targetOf(NODES), nodes({ version: "1.35" }));
    });

    it("refuses to raise a cluster whose nodes are still on an earlier version", async () => {
        const { provider } = await fresh(aws, SETTINGS);
        const of = (version: string): Bag => ({ ...cluster, version });
        await createIn(provider, targetOf(CLUSTER), of("1.34"));
        await createIn(provider, targetOf(NODES), nodes({ version: "1.34" }));
        await provider.update(targetOf(CLUSTER), "shop", of("1.34"), of("1.35"), false);
        await assert.rejects(provider.update(targetOf(CLUSTER), "shop", of("1.35"), of("1.36"), false), {
            message: "InvalidParameterException: Nodegroups must be updated to match cluster version 1.35 first",
        });
        await provider.update(
            targetOf(NODES),
            "shop:app",
            nodes({ version: "1.34" }),
            nodes({ version: "1.35" }),
            false,
        );
        await provider.update(targetOf(CLUSTER), "shop", of("1.35"), of("1.36"), false);
    });

    it("a preview accepts a route to a transit gateway that the same update attaches", async () => {
        const { provider, vpcId } = await network(["use1-az1"]);
        const { id: routeTableId = "" } = await createIn(provider, targetOf("aws:ec2/routeTable:RouteTable"), {
            vpcId,
        });
        const transitGatewayId = "tgw-0123456789abcdef0";
        const route: Bag = { routeTableId, destinationCidrBlock: "10.8.0.0/16", transitGatewayId };
        await createIn(provider, targetOf("aws:ec2/route:Route"), route, true);
    });

    it("refuses a route to a transit gateway before the VPC is attached", async () => {
        const { provider, vpcId, subnetIds } = await network(["use1-az1"]);
        const { id: routeTableId = "" } = await createIn(provider, targetOf("aws:ec2/routeTable:RouteTable"), {
            vpcId,
        });
        const transitGatewayId = "tgw-0123456789abcdef0";
        const route: Bag = { routeTableId, destinationCidrBlock: "10.8.0.0/16", transitGatewayId };
        await assert.rejects(createIn(provider, targetOf("aws:ec2/route:Route"), route), {
            message: "InvalidTransitGatewayID.NotFound: transitGateway ID 'tgw-0123456789abcdef0' does not exist.",
        });
        await createIn(provider, targetOf(ATTACHMENT), { vpcId, transitGatewayId, subnetIds });
        await createIn(provider, targetOf("aws:ec2/route:Route"), route);
    });

    it("refuses to attach two subnets of a zone to a transit gateway", async () => {
        const { provider, vpcId, subnetIds } = await network(["use1-az1", "use1-az1"]);
        const inputs: Bag = { vpcId, transitGatewayId: "tgw-0123456789abcdef0", subnetIds };
        await assert.rejects(createIn(provider, targetOf(ATTACHMENT), inputs), {
            message: "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ",
        });
    });
});

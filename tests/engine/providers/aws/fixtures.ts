import { createHash } from "node:crypto";
import { targetOf } from "../core/testing";
import { Unknown, type Bag } from "../core/value";

export const SETTINGS = {
    region: "us-east-1",
    allowedAccountIds: '["111111111111"]',
    defaultTags: '{"tags":{"tier":"dev"}}',
};
export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODES = "aws:eks/nodeGroup:NodeGroup";
export const ADDON = "aws:eks/addon:Addon";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const VPC = "aws:ec2/vpc:Vpc";
export const ROLE = "arn:aws:iam::111111111111:role/eks";

export const vpc = { type: VPC, name: "vpc", inputs: { cidrBlock: "10.0.0.0/16" } };

/** Id that the stand-in derives from the URN of {@link vpc}. */
export const VPC_ID = `vpc-${createHash("sha256").update(targetOf(VPC, "vpc").urn).digest("hex").slice(0, 17)}`;

export const cluster: Bag = { name: "shop", roleArn: ROLE, version: "1.36", vpcConfig: { subnetIds: Unknown.value } };
export const nodes = (more: Bag): Bag => ({
    clusterName: "shop",
    nodeGroupName: "app",
    nodeRoleArn: ROLE,
    subnetIds: ["subnet-1"],
    scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 3 },
    ...more,
});

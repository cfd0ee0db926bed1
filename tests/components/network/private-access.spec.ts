import assert from "node:assert/strict";

import { createNetwork } from "../../../components/network";
import { nodeServices } from "../../../components/network/aws/interface-endpoints";
import type { JsonObject, PlannedResource } from "../../../tools/plan";
import { configOf, networkArgs, inputs, planned } from "../layers";

describe("private access on AWS", () => {
    let prod: readonly PlannedResource[];
    let dev: readonly PlannedResource[];
    before(async () => {
        prod = await planned(() => createNetwork("network", networkArgs(configOf("aws", "prod"))));
        dev = await planned(() => createNetwork("network", networkArgs(configOf("aws", "dev"))));
    });

    it("has interface endpoints for the services that nodes need, from inside the VPC only (D9)", () => {
        const services = ["ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "logs"];
        assert.deepEqual(Object.keys(nodeServices), services);
        for (const service of services) {
            const name = `network-endpoints-${service.replace(".", "-")}`;
            assert.deepEqual(inputs(prod, "aws:ec2/vpcEndpoint:VpcEndpoint", name), {
                vpcId: "[unknown]",
                serviceName: `com.amazonaws.us-east-1.${service}`,
                vpcEndpointType: "Interface",
                subnetIds: ["[unknown]", "[unknown]", "[unknown]"],
                securityGroupIds: ["[unknown]"],
                privateDnsEnabled: true,
                tags: { Name: `network-${service}` },
            });
        }
        const rule = inputs(prod, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "network-endpoints");
        assert.deepEqual(rule, {
            securityGroupId: "[unknown]",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4: "10.40.0.0/16",
        });
        assert.equal(inputs(dev, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3")["vpcEndpointType"], "Gateway");
    });

    it("encrypts flow logs with a key that only this account's log groups may use (D7, D10)", () => {
        const key = inputs(prod, "aws:kms/key:Key", "network-flow-logs-key");
        assert.deepEqual([key["enableKeyRotation"], key["rotationPeriodInDays"]], [true, 90]);
        const [account, logs, ...more] = (JSON.parse(key["policy"] as string) as { Statement: JsonObject[] }).Statement;
        assert.deepEqual(more, []);
        assert.deepEqual(account?.["Principal"], { AWS: "arn:aws:iam::123456789012:root" });
        assert.deepEqual(logs?.["Principal"], { Service: "logs.us-east-1.amazonaws.com" });
        assert.deepEqual(logs["Condition"], {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:log-group:*" },
        });
    });
});

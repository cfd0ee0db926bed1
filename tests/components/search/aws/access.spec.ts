import assert from "node:assert/strict";

import { inputsOf } from "../../deployed";
import { managedSearch, searchDeployment } from "../kinds";

describe("who reaches a domain of OpenSearch Service (D9, NW-05)", () => {
    it("is the cluster's nodes and pods, by its security group", async () => {
        const own = await managedSearch("prod");
        assert.deepEqual(inputsOf(own, "aws:ec2/securityGroup:SecurityGroup"), {
            "search-engine-access": { description: "Nodes and pods of the cluster to OpenSearch", vpcId: "network-id" },
        });
        assert.deepEqual(inputsOf(own, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), {
            "search-engine-access": {
                securityGroupId: "search-engine-access-id",
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                referencedSecurityGroupId: "sg-pods",
            },
        });
        assert.deepEqual(inputsOf(own, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"), {});
    });

    it("is its caller and the Job, by their NetworkPolicies", async () => {
        const { resources } = await searchDeployment("aws", "opensearch-service", "prod");
        const rule = JSON.stringify({
            ports: [{ port: 443, protocol: "TCP" }],
            to: [{ ipBlock: { cidr: "10.40.0.0/16" } }],
        });
        const allowed = Object.entries(inputsOf(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy")).flatMap(
            ([name, { spec }]) => {
                const { egress = [] } = spec as unknown as { egress?: readonly unknown[] };
                return egress.some((one) => JSON.stringify(one) === rule) ? [name] : [];
            },
        );
        assert.deepEqual(allowed.sort(), ["product-policy", "search-users-policy"]);
    });
});

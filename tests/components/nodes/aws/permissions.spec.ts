import assert from "node:assert/strict";

import { karpenterController } from "../../../../components/nodes/aws/karpenter-permissions";
import { loadBalancerController } from "../../../../components/addons/aws/load-balancer-permissions";
import { dnsChallenges, dnsRecords, objectsOf, secretsUnder } from "../../../../components/addons/permissions";
import type { AmazonStatement } from "../../../../components/identity/types";

const domain = "shop.example.com";

describe("the permissions of a controller", () => {
    const scope = { account: "123456789012", region: "us-east-1", cluster: "ecommerce-eks-prod" };
    const karpenter = karpenterController({ ...scope, nodeRoleArn: "arn:nodes", queueArn: "arn:queue" });
    const balancer = loadBalancerController(scope);

    it("of Karpenter: instances of its cluster and pools only, and one role to pass", () => {
        const writes = /ec2:(Create|Delete|Run|Terminate|Modify|Set|Authorize|Revoke|Remove|Add)/;
        const unconditional = karpenter.amazon.filter(
            ({ actions, condition }) => actions.some((action) => writes.test(action)) && condition === undefined,
        );
        // Images, networks and security groups of an instance have no cluster tag.
        assert.deepEqual(
            unconditional.map(({ resources }) => resources),
            [
                [
                    "arn:aws:ec2:us-east-1::image/*",
                    "arn:aws:ec2:us-east-1::snapshot/*",
                    "arn:aws:ec2:us-east-1:123456789012:security-group/*",
                    "arn:aws:ec2:us-east-1:123456789012:subnet/*",
                ],
            ],
        );
        const terminate = karpenter.amazon.find(({ actions }) => actions.includes("ec2:TerminateInstances"));
        assert.deepEqual(terminate?.condition, {
            StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/ecommerce-eks-prod": "owned" },
            StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
        });
        const passes = karpenter.amazon.filter(({ actions }) => actions.includes("iam:PassRole"));
        assert.deepEqual(passes, [
            {
                actions: ["iam:PassRole"],
                resources: ["arn:nodes"],
                condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
            },
        ]);
        const iam = karpenter.amazon.flatMap(({ actions }) => actions).filter((action) => action.startsWith("iam:"));
        assert.deepEqual(iam.sort(), ["iam:GetInstanceProfile", "iam:ListInstanceProfiles", "iam:PassRole"]);
        assert.deepEqual(karpenter.google, []);
    });

    it("of the load balancer controller: its own resources for this cluster only", () => {
        const changing = balancer.amazon.filter(({ actions }) =>
            actions.some((action) => /:(Delete|Modify|Set|Register|Deregister|Remove)/.test(action)),
        );
        assert.ok(changing.length >= 3);
        for (const { condition, actions } of changing) {
            const own = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "ecommerce-eks-prod" } };
            assert.deepEqual(condition, own, actions.join());
        }
    });

    it("have no wildcard action, and all resources for read actions only (D10)", () => {
        const secrets = secretsUnder("x-", { account: "123456789012", region: "us-east-1" });
        const sets = [
            dnsRecords({ domain }),
            dnsChallenges({ domain }),
            secrets,
            objectsOf({ bucket: "b" }),
            karpenter,
            balancer,
        ];
        const statements: AmazonStatement[] = sets.flatMap(({ amazon }) => [...amazon]);
        assert.ok(statements.length > 30);
        for (const { actions, resources } of statements) {
            assert.ok(
                actions.every((action) => !action.includes("*")),
                actions.join(),
            );
            const readOnly = actions.every((action) => /:(Describe|List|Get)/.test(action));
            assert.ok(readOnly || !resources.includes("*"), actions.join());
        }
        for (const { role, on } of sets.flatMap(({ google }) => google)) {
            assert.ok(typeof role !== "string" || !/^roles\/(owner|editor|.*admin)$/i.test(role), String(role));
            assert.ok(on.kind !== "project" || on.condition !== undefined || Array.isArray(role), String(role));
        }
    });
});

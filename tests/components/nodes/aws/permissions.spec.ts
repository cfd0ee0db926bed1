import assert from "node:assert/strict";

import { karpenterController } from "../../../../components/nodes/aws/karpenter-permissions";
import { loadBalancerController } from "../../../../components/addons/aws/load-balancer-permissions";
import { dnsChallenges, dnsRecords, objectsOf, secretsUnder } from "../../../../components/addons/permissions";
import type { AmazonStatement } from "../../../../components/identity/types";

const domain = "shop.example.com";

describe("what a controller may do", () => {
    const place = { account: "123456789012", region: "us-east-1", cluster: "ecommerce-eks-prod" };
    const karpenter = karpenterController({ ...place, nodeRoleArn: "arn:nodes", queueArn: "arn:queue" });
    const balancer = loadBalancerController(place);

    it("as Karpenter: machines of its cluster and pools only, and one role to pass on", () => {
        const writes = /ec2:(Create|Delete|Run|Terminate|Modify|Set|Authorize|Revoke|Remove|Add)/;
        const open = karpenter.amazon.filter(
            ({ actions, condition }) => actions.some((action) => writes.test(action)) && condition === undefined,
        );
        // The parts that a machine is made from carry no tag of the cluster's: images, networks.
        assert.deepEqual(
            open.map(({ resources }) => resources),
            [
                [
                    "arn:aws:ec2:us-east-1::image/*",
                    "arn:aws:ec2:us-east-1::snapshot/*",
                    "arn:aws:ec2:us-east-1:123456789012:security-group/*",
                    "arn:aws:ec2:us-east-1:123456789012:subnet/*",
                ],
            ],
        );
        const ends = karpenter.amazon.find(({ actions }) => actions.includes("ec2:TerminateInstances"));
        assert.deepEqual(ends?.condition, {
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

    it("as the load balancer controller: what it made itself for this cluster", () => {
        const changing = balancer.amazon.filter(({ actions }) =>
            actions.some((action) => /:(Delete|Modify|Set|Register|Deregister|Remove)/.test(action)),
        );
        assert.ok(changing.length >= 3);
        for (const { condition, actions } of changing) {
            const own = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "ecommerce-eks-prod" } };
            assert.deepEqual(condition, own, actions.join());
        }
    });

    it("has no action with a wildcard, nor all resources for anything but questions and the like (D10)", () => {
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
            const asks = actions.every((action) => /:(Describe|List|Get)/.test(action));
            assert.ok(asks || !resources.includes("*"), actions.join());
        }
        for (const { role, on } of sets.flatMap(({ google }) => google)) {
            assert.ok(typeof role !== "string" || !/^roles\/(owner|editor|.*admin)$/i.test(role), String(role));
            assert.ok(on.kind !== "project" || on.condition !== undefined || Array.isArray(role), String(role));
        }
    });
});

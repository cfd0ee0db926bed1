import assert from "node:assert/strict";

import { awsQuotas } from "../../../../tools/preflight/quotas/aws";
import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import { plannedResource } from "./resource";

const view = (...resources: readonly PlannedResource[]) =>
    awsQuotas(resources).map(({ quota, unit, running, updating }) => `${quota} ${running}-${updating} ${unit}`);

const template = plannedResource("aws:ec2/launchTemplate:LaunchTemplate", "app", {
    blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize: 80 } }],
});

const group = (more: JsonObject) =>
    plannedResource(
        "aws:eks/nodeGroup:NodeGroup",
        "app",
        {
            instanceTypes: ["m7i.xlarge"],
            capacityType: "ON_DEMAND",
            scalingConfig: { maxSize: 4 },
            subnetIds: ["a", "b", "c"],
            updateConfig: { maxUnavailable: 1 },
            ...more,
        },
        [template.urn],
    );

const onDemand = "Running On-Demand Standard instances (L-1216C47A)";
const spot = "All Standard Spot Instance Requests (L-34B43A08)";
const gp3 = "Storage for General Purpose SSD (gp3) volumes (L-7A658B76)";

describe("the quotas of EC2 and EBS", () => {
    it("count a group's maximum, and twice its zones during an update", () => {
        assert.deepEqual(view(template, group({})), [`${onDemand} 16-40 vCPU`, `${gp3} 320-800 GB`]);
        assert.deepEqual(view(template, group({ subnetIds: ["a"] })), [`${onDemand} 16-24 vCPU`, `${gp3} 320-480 GB`]);
        assert.deepEqual(view(template, group({ updateConfig: { maxUnavailable: 7 } })), [
            `${onDemand} 16-44 vCPU`,
            `${gp3} 320-880 GB`,
        ]);
    });

    it("count spot groups apart, and Elastic IP addresses", () => {
        const address = plannedResource("aws:ec2/eip:Eip", "nat", {});
        assert.deepEqual(view(template, group({ capacityType: "SPOT" }), address), [
            `${spot} 16-40 vCPU`,
            `${gp3} 320-800 GB`,
            "EC2-VPC Elastic IPs (L-0263D0A3) 1-1 addresses",
        ]);
    });

    it("count Karpenter's limits with the disks of the class that a pool refers to", () => {
        const volumes = (name: string, volumeSize: string) =>
            plannedResource("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", name, {
                metadata: { name },
                spec: { blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize } }] },
            });
        const pool = (capacity: string) =>
            plannedResource("kubernetes:karpenter.sh/v1:NodePool", capacity, {
                spec: {
                    limits: { cpu: "56" },
                    template: {
                        spec: {
                            nodeClassRef: { name: "private" },
                            requirements: [
                                { key: "karpenter.sh/capacity-type", values: [capacity] },
                                { key: "node.kubernetes.io/instance-type", values: ["m7i.xlarge", "m5.xlarge"] },
                            ],
                        },
                    },
                },
            });
        const classes = [volumes("other", "500Gi"), volumes("private", "100Gi")];
        assert.deepEqual(view(...classes, pool("on-demand"), pool("spot")), [
            `${spot} 56-56 vCPU`,
            `${onDemand} 56-56 vCPU`,
            `${gp3} 2800-2800 GB`,
        ]);
    });
});

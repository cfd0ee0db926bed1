import { machines } from "../../../config/machines";
import { quantity } from "../../../config/quantity";
import { at, type Json, listAt, numberAt, textAt } from "../../plan/json";
import type { PlannedResource } from "../../plan/record/types";
import { type NodeDemand, poolNeeds, type QuotaNeed, summed } from "./demand";

/**
 * Quotas of a region with their codes, the names without the list of families; the one of gp3 is in TiB.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli_service-quotas_code_examples.html (L-1216C47A),
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html,
 * https://docs.aws.amazon.com/general/latest/gr/ebs-service.html
 */
const quotas = {
    onDemand: "Running On-Demand Standard instances (L-1216C47A)",
    spot: "All Standard Spot Instance Requests (L-34B43A08)",
    gp3: "Storage for General Purpose SSD (gp3) volumes (L-7A658B76)",
    addresses: "EC2-VPC Elastic IPs (L-0263D0A3)",
} as const;

/** The root volume of a launch template. */
function rootVolume(template: PlannedResource | undefined): NodeDemand["disk"] {
    const volume = at(listAt(template?.inputs, "blockDeviceMappings")[0], "ebs");
    return { type: textAt(volume, "volumeType") ?? "", gib: numberAt(volume, "volumeSize") ?? 0 };
}

/**
 * A managed node group. An update first adds up to twice as many nodes as the group has zones, or `maxUnavailable` if that is
 * more. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
function groupDemand({ inputs, options }: PlannedResource, templates: readonly PlannedResource[]): NodeDemand {
    const unavailable = numberAt(inputs, "updateConfig", "maxUnavailable") ?? 1;
    return {
        machineType: firstText(listAt(inputs, "instanceTypes")),
        spot: textAt(inputs, "capacityType") === "SPOT",
        nodes: numberAt(inputs, "scalingConfig", "maxSize") ?? 0,
        surge: Math.max(2 * listAt(inputs, "subnetIds").length, unavailable),
        disk: rootVolume(templates.find(({ urn }) => options.dependsOn?.includes(urn))),
    };
}

/** Nodes that Karpenter may add to a pool; all alternatives have the same vCPU, and a replacement counts for its limit too. */
function karpenterDemand({ inputs }: PlannedResource, classes: readonly PlannedResource[]): NodeDemand {
    const pod = at(inputs, "spec", "template", "spec");
    const values = (key: string): readonly Json[] =>
        listAt(
            listAt(pod, "requirements").find((one) => textAt(one, "key") === key),
            "values",
        );
    const machineType = firstText(values("node.kubernetes.io/instance-type"));
    const vcpu = machines.aws[machineType]?.vcpu ?? 1;
    const nodeClass = classes.find(
        (one) => textAt(one.inputs, "metadata", "name") === textAt(pod, "nodeClassRef", "name"),
    );
    const volume = at(listAt(nodeClass?.inputs, "spec", "blockDeviceMappings")[0], "ebs");
    return {
        machineType,
        spot: values("karpenter.sh/capacity-type").includes("spot"),
        nodes: Math.floor(quantity(textAt(inputs, "spec", "limits", "cpu") ?? "0") / vcpu),
        surge: 0,
        disk: {
            type: textAt(volume, "volumeType") ?? "",
            gib: quantity(textAt(volume, "volumeSize") ?? "0") / 2 ** 30,
        },
    };
}

const firstText = (values: readonly Json[]): string => (typeof values[0] === "string" ? values[0] : "");

/** What a stack on AWS needs of the quotas of EC2 and EBS in its region. */
export function awsQuotas(resources: readonly PlannedResource[]): QuotaNeed[] {
    const ofType = (type: string): readonly PlannedResource[] => resources.filter((one) => one.type === type);
    const templates = ofType("aws:ec2/launchTemplate:LaunchTemplate");
    const classes = ofType("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    const pools = [
        ...ofType("aws:eks/nodeGroup:NodeGroup").map((group) => groupDemand(group, templates)),
        ...ofType("kubernetes:karpenter.sh/v1:NodePool").map((pool) => karpenterDemand(pool, classes)),
    ];
    const shares = pools.flatMap((pool) => {
        const vcpu = machines.aws[pool.machineType]?.vcpu ?? 0;
        return poolNeeds(pool, vcpu, pool.spot ? quotas.spot : quotas.onDemand, quotas.gp3);
    });
    const addresses = ofType("aws:ec2/eip:Eip").length;
    return summed([...shares, { quota: quotas.addresses, unit: "addresses", running: addresses, updating: addresses }]);
}

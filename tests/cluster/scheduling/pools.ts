import type { PlannedResource } from "../../../tools/plan/index";
import { type Allocatable, eksAllocatable, eksMaxPods, gkeAllocatable } from "../../../config/allocatable";
import { laptop, machineOf } from "../allocatable";
import { at, listAt, numberAt, textAt, textsOf, type JsonObject } from "../control-plane/json";

/** A taint as Kubernetes writes it. */
export interface Taint {
    readonly key: string;
    readonly value: string;
    readonly effect: string;
}

/** A group of identical nodes that a plan creates. */
export interface NodePool {
    readonly name: string;
    /** Value of the `node.kubernetes.io/instance-type` label. */
    readonly machineType: string;
    readonly min: number;
    readonly max: number;
    /** Zones of the nodes; empty for a cluster without zones. */
    readonly zones: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Taint[];
    readonly allocatable: Allocatable;
}

/** The node of a plan without node pools. */
const laptopPool: NodePool = {
    name: "laptop",
    machineType: "laptop",
    min: 1,
    max: 1,
    zones: [],
    labels: {},
    taints: [],
    allocatable: laptop,
};

/** The node pools of a plan's resources; one laptop node when there are none. */
export function nodePools(resources: readonly PlannedResource[]): NodePool[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const pools = resources.flatMap((resource) => {
        switch (resource.type) {
            case "gcp:container/nodePool:NodePool":
                return [gkePool(resource, byUrn)];
            case "aws:eks/nodeGroup:NodeGroup":
                return [eksPool(resource, byUrn)];
            case "kubernetes:karpenter.sh/v1:NodePool":
                return [karpenterPool(resource)];
            default:
                return [];
        }
    });
    return pools.length === 0 ? [laptopPool] : pools;
}

type ByUrn = ReadonlyMap<string, PlannedResource>;

function gkePool(resource: PlannedResource, byUrn: ByUrn): NodePool {
    const { name, inputs } = resource;
    const cluster = dependencies(resource, byUrn).find(({ type }) => type === "gcp:container/cluster:Cluster");
    const zones = texts(listAt(inputs, "nodeLocations").length > 0 ? inputs : cluster?.inputs, "nodeLocations");
    const machineType = required(textAt(inputs, "nodeConfig", "machineType"), resource, "nodeConfig.machineType");
    const perZone = inputs["autoscaling"] === undefined ? (numberAt(inputs, "nodeCount") ?? 0) : undefined;
    const disk = required(numberAt(inputs, "nodeConfig", "diskSizeGb"), resource, "nodeConfig.diskSizeGb");
    const maxPods = numberAt(inputs, "maxPodsPerNode") ?? numberAt(cluster?.inputs, "defaultMaxPodsPerNode") ?? 110;
    const bound = (end: "Min" | "Max"): number =>
        perZone === undefined
            ? required(
                  numberAt(inputs, "autoscaling", `total${end}NodeCount`),
                  resource,
                  `autoscaling.total${end}NodeCount`,
              )
            : perZone * zones.length;
    return {
        name,
        machineType,
        min: bound("Min"),
        max: bound("Max"),
        zones,
        labels: { ...labelsAt(at(inputs, "nodeConfig")), "cloud.google.com/gke-nodepool": name },
        taints: taintsAt(at(inputs, "nodeConfig")),
        allocatable: gkeAllocatable(machineOf("gcp", machineType), disk, maxPods),
    };
}

function eksPool(resource: PlannedResource, byUrn: ByUrn): NodePool {
    const { name, inputs } = resource;
    const dependsOn = dependencies(resource, byUrn);
    const zones = dependsOn
        .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
        .map((subnet) => {
            const { inputs: own } = subnet;
            const zone = textAt(own, "availabilityZoneId") ?? textAt(own, "availabilityZone");
            return required(zone, subnet, "availabilityZoneId");
        });
    const template = dependsOn.find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
    const [mapping] = listAt(template?.inputs, "blockDeviceMappings");
    // 20 GB is the default of EKS.
    const disk = numberAt(mapping, "ebs", "volumeSize") ?? numberAt(inputs, "diskSize") ?? 20;
    const machineType = required(texts(inputs, "instanceTypes")[0], resource, "instanceTypes");
    return {
        name,
        machineType,
        min: required(numberAt(inputs, "scalingConfig", "minSize"), resource, "scalingConfig.minSize"),
        max: required(numberAt(inputs, "scalingConfig", "maxSize"), resource, "scalingConfig.maxSize"),
        zones,
        labels: { ...labelsAt(inputs), "eks.amazonaws.com/nodegroup": name },
        taints: taintsAt(inputs),
        allocatable: eksAllocatable(machineOf("aws", machineType), disk, eksMaxPods(machineType)),
    };
}

/** Karpenter creates up to `limits.cpu` of nodes and has no minimum; all are of the first instance type's size. */
function karpenterPool(resource: PlannedResource): NodePool {
    const { name, inputs } = resource;
    const template = at(inputs, "spec", "template");
    const values = (key: string): string[] =>
        texts(
            listAt(template, "spec", "requirements")
                .filter((one) => textAt(one, "key") !== undefined)
                .find((one) => textAt(one, "key") === key),
            "values",
        );
    const machineType = required(values("node.kubernetes.io/instance-type")[0], resource, "instance-type");
    const machine = machineOf("aws", machineType);
    const cores = Number(required(textAt(inputs, "spec", "limits", "cpu"), resource, "spec.limits.cpu"));
    return {
        name,
        machineType,
        min: 0,
        max: Math.floor(cores / machine.vcpu),
        zones: [...values("topology.k8s.aws/zone-id"), ...values("topology.kubernetes.io/zone")],
        labels: labelsAt(at(template, "metadata")),
        taints: taintsAt(at(template, "spec")),
        // Root volume of the EC2NodeClass, in GiB.
        allocatable: eksAllocatable(machine, 100, eksMaxPods(machineType)),
    };
}

function dependencies({ options }: PlannedResource, byUrn: ByUrn): PlannedResource[] {
    return (options.dependsOn ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
}

function labelsAt(value: JsonObject[string] | undefined): Record<string, string> {
    return textsOf(at(value, "labels"));
}

/** Taints with the clouds' effect names translated to those of Kubernetes. */
function taintsAt(value: JsonObject[string] | undefined): Taint[] {
    const effects: Readonly<Record<string, string>> = {
        NO_SCHEDULE: "NoSchedule",
        NO_EXECUTE: "NoExecute",
        PREFER_NO_SCHEDULE: "PreferNoSchedule",
    };
    return listAt(value, "taints").map((taint) => ({
        key: textAt(taint, "key") ?? "",
        value: textAt(taint, "value") ?? "",
        effect: effects[textAt(taint, "effect") ?? ""] ?? "NoSchedule",
    }));
}

function texts(value: JsonObject[string] | undefined, key: string): string[] {
    return listAt(value, key).filter((item) => typeof item === "string");
}

function required<T>(value: T | undefined, { urn }: PlannedResource, field: string): T {
    if (value === undefined) {
        throw new Error(`${urn} has no ${field}, which simulated nodes need`);
    }
    return value;
}

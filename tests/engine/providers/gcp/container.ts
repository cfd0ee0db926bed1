import { overlap, parseCidr } from "../core/cidr";
import type { ResourceType, RuleContext } from "../core/cloud";
import { at, bagAt, bagsAt, given, isUnknown, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { machineErrors } from "./machines";
import { labelErrors, nameErrors, projectOf, regionOf, shortName } from "./names";

const CLUSTER = "gcp:container/cluster:Cluster";
const CLUSTER_AUTHORITY = Buffer.from("-----BEGIN CERTIFICATE-----\nstand-in\n-----END CERTIFICATE-----\n").toString(
    "base64",
);

/** Region of a location, which is a region or a zone: `europe-west1` for `europe-west1-b`. */
const regionOfLocation = (location: string): string => location.split("-").slice(0, 2).join("-");

function locationOf(inputs: Bag, context: RuleContext): string {
    return stringAt(inputs, "location") ?? regionOf(inputs, context);
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters: `locations`. */
function zoneErrors(inputs: Bag, context: RuleContext): string[] {
    const location = locationOf(inputs, context);
    return stringsAt(inputs, "nodeLocations")
        .filter((zone) => !isUnknown(inputs["location"]) && regionOfLocation(zone) !== regionOfLocation(location))
        .map((zone) => `Invalid value for field "cluster.locations": zone "${zone}" is not in region "${location}"`);
}

/** The existing subnetwork that a cluster names. */
async function subnetworkOf(inputs: Bag, context: RuleContext): Promise<Bag | undefined> {
    const name = shortName(stringAt(inputs, "subnetwork") ?? "");
    return (await context.others("gcp:compute/subnetwork:Subnetwork")).find(
        (other) => stringAt(other, "name") === name,
    );
}

/**
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/alias-ips, and for the control plane's /28 without overlaps
 * https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#PrivateClusterConfig.
 */
async function addressErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors: string[] = [];
    const subnetwork = await subnetworkOf(inputs, context);
    const ranges = bagsAt(subnetwork, "secondaryIpRanges").map((range) => stringAt(range, "rangeName"));
    for (const [path, what] of [
        ["ipAllocationPolicy.clusterSecondaryRangeName", "Pod"],
        ["ipAllocationPolicy.servicesSecondaryRangeName", "Services"],
    ] as const) {
        const range = stringAt(inputs, path);
        if (subnetwork !== undefined && range !== undefined && !ranges.includes(range)) {
            const name = stringAt(subnetwork, "name") ?? "";
            errors.push(`${what} secondary range "${range}" does not exist in subnetwork "${name}"`);
        }
    }
    const master = stringAt(inputs, "privateClusterConfig.masterIpv4CidrBlock");
    if (master !== undefined) {
        if (parseCidr(master)?.bits !== 28) {
            errors.push(`Invalid master_ipv4_cidr_block "${master}": must be a /28 CIDR block`);
        }
        const taken = [
            stringAt(subnetwork, "ipCidrRange"),
            ...bagsAt(subnetwork, "secondaryIpRanges").map((range) => stringAt(range, "ipCidrRange")),
        ];
        for (const cidr of taken.filter((block) => block !== undefined && overlap(block, master))) {
            errors.push(`The given master_ipv4_cidr ${master} overlaps with an existing network ${cidr ?? ""}.`);
        }
    }
    return errors;
}

async function clusterErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors = [
        ...nameErrors(inputs, 40),
        ...zoneErrors(inputs, context),
        ...(await addressErrors(inputs, context)),
    ];
    errors.push(...labelErrors(bagAt(inputs, "resourceLabels"), "cluster.resourceLabels"));
    // https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/pull/1085
    if (at(inputs, "networkPolicy.enabled") === true && inputs["datapathProvider"] === "ADVANCED_DATAPATH") {
        errors.push("Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed.");
    }
    // Not documented: an unreachable control plane is refused here.
    const ipEndpoint = at(inputs, "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled") ?? true;
    const dnsEndpoint = at(inputs, "controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic") ?? false;
    if (ipEndpoint === false && dnsEndpoint === false) {
        errors.push("At least one of the IP-based and the DNS-based control plane endpoints must be enabled.");
    }
    // https://docs.cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac
    const group = stringAt(inputs, "authenticatorGroupsConfig.securityGroup");
    if (group !== undefined && !group.startsWith("gke-security-groups@")) {
        errors.push(`Invalid security group "${group}": must be in the format gke-security-groups@yourdomain.com`);
    }
    // https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#WorkloadIdentityConfig
    const pool = stringAt(inputs, "workloadIdentityConfig.workloadPool");
    const expected = `${projectOf(inputs, context)}.svc.id.goog`;
    if (pool !== undefined && pool !== expected) {
        errors.push(`Invalid workload pool "${pool}": the only supported one is "${expected}"`);
    }
    // https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters: `initialNodeCount` and `databaseEncryption`
    const noNodes = !given(inputs, "nodePools") && inputs["enableAutopilot"] !== true;
    if (noNodes && !given(inputs, "initialNodeCount")) {
        errors.push("Cluster.initial_node_count must be greater than zero.");
    }
    const encrypted = stringAt(inputs, "databaseEncryption.state") === "ENCRYPTED";
    if (encrypted && !given(inputs, "databaseEncryption.keyName")) {
        errors.push("Cluster.database_encryption.key_name must be given when the state is ENCRYPTED.");
    }
    return errors;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools#NodePoolAutoscaling. */
function autoscalingErrors(inputs: Bag): string[] {
    const errors: string[] = [];
    for (const [min, max] of [
        ["minNodeCount", "maxNodeCount"],
        ["totalMinNodeCount", "totalMaxNodeCount"],
    ] as const) {
        const [lower, upper] = [numberAt(inputs, `autoscaling.${min}`), numberAt(inputs, `autoscaling.${max}`)];
        if (lower !== undefined && upper !== undefined && lower > upper) {
            errors.push(`autoscaling.${min} (${lower}) must not be greater than autoscaling.${max} (${upper})`);
        }
    }
    if (given(inputs, "autoscaling.totalMaxNodeCount") && given(inputs, "autoscaling.maxNodeCount")) {
        errors.push("autoscaling limits are given per zone or in total, not both");
    }
    return errors;
}

const EFFECTS = ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"];

/** https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/NodeConfig. */
function nodeErrors(node: Bag): string[] {
    const machineType = stringAt(node, "machineType");
    const effects = bagsAt(node, "taints").map((taint) => stringAt(taint, "effect") ?? "");
    return [
        ...(machineType === undefined
            ? []
            : machineErrors({
                  machineType,
                  diskType: stringAt(node, "diskType"),
                  confidential: at(node, "confidentialNodes.enabled") === true,
                  instanceType: stringAt(node, "confidentialNodes.confidentialInstanceType"),
              })),
        ...effects
            .filter((effect) => !EFFECTS.includes(effect))
            .map(
                (effect) =>
                    `expected node_config.0.taint.0.effect to be one of ${JSON.stringify(EFFECTS)}, got ${effect}`,
            ),
        ...labelErrors(bagAt(node, "resourceLabels"), "node_config.resourceLabels"),
    ];
}

async function poolErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const node = bagAt(inputs, "nodeConfig") ?? {};
    const errors = [
        ...nameErrors(inputs, 40),
        ...zoneErrors(inputs, context),
        ...autoscalingErrors(inputs),
        ...nodeErrors(node),
    ];
    const name = shortName(stringAt(inputs, "cluster") ?? "");
    const cluster = (await context.others(CLUSTER)).find((other) => stringAt(other, "name") === name);
    const channel = stringAt(cluster, "releaseChannel.channel");
    if (channel !== undefined && channel !== "UNSPECIFIED" && at(inputs, "management.autoUpgrade") === false) {
        // https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/pull/682
        errors.push(`Auto_upgrade cannot be false when release_channel ${channel} is set.`);
    }
    // https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
    const metadata = stringAt(node, "workloadMetadataConfig.mode") === "GKE_METADATA";
    if (cluster !== undefined && metadata && !given(cluster, "workloadIdentityConfig.workloadPool")) {
        errors.push("Workload Identity must be enabled on the cluster before it can be enabled on a node pool.");
    }
    return errors;
}

const project = (inputs: Bag, _id: string, context: RuleContext): string => projectOf(inputs, context);

export const container: Readonly<Record<string, ResourceType>> = {
    [CLUSTER]: {
        autoName: "name",
        replaceOn: [
            ...["name", "location", "project", "network", "subnetwork", "initialNodeCount", "ipAllocationPolicy"],
            ...["datapathProvider", "privateClusterConfig.masterIpv4CidrBlock", "networkingMode", "nodeConfig"],
        ],
        refuse: clusterErrors,
        // Of the provider: https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/container/resource_container_cluster.go
        refuseDelete: (inputs) =>
            inputs["deletionProtection"] === false
                ? []
                : ["Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed."],
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/locations/${locationOf(inputs, context)}` +
            `/clusters/${stringAt(inputs, "name") ?? ""}`,
        computed: {
            project,
            location: (inputs, _id, context) => locationOf(inputs, context),
            endpoint: () => "192.0.2.10",
            "masterAuth.clusterCaCertificate": () => CLUSTER_AUTHORITY,
            "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint": (_inputs, id) =>
                `gke-stand-in-${id.length}.stand-in.gke.goog`,
            masterVersion: (inputs) => stringAt(inputs, "minMasterVersion") ?? "1.36.2-gke.1000",
            selfLink: (_inputs, id) => `https://container.googleapis.com/v1/${id}`,
            servicesIpv4Cidr: () => "172.20.0.0/20",
            clusterIpv4Cidr: () => "10.64.0.0/14",
        },
    },
    "gcp:container/nodePool:NodePool": {
        autoName: "name",
        required: ["cluster"],
        replaceOn: [
            // Not machineType, diskType and diskSizeGb: GKE replaces the nodes by the pool's upgrade strategy
            // (https://github.com/GoogleCloudPlatform/magic-modules/pull/9575, in the provider since 5.10).
            ...["name", "location", "project", "cluster", "initialNodeCount"],
            ...["nodeConfig.spot", "nodeConfig.serviceAccount", "nodeConfig.oauthScopes"],
            ...[
                "nodeConfig.confidentialNodes.confidentialInstanceType",
                "nodeConfig.shieldedInstanceConfig",
                "nodeConfig.metadata",
            ],
        ],
        refuse: poolErrors,
        id: (inputs, context) =>
            `projects/${projectOf(inputs, context)}/locations/${locationOf(inputs, context)}/clusters/` +
            `${shortName(stringAt(inputs, "cluster") ?? "")}/nodePools/${stringAt(inputs, "name") ?? ""}`,
        computed: {
            project,
            location: (inputs, _id, context) => locationOf(inputs, context),
            version: () => "1.36.2-gke.1000",
            instanceGroupUrls: () => [],
            managedInstanceGroupUrls: () => [],
        },
    },
};

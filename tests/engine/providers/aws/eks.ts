import type { ResourceType, RuleContext } from "../core/cloud";
import { at, bagsAt, given, isUnknown, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { accountOf, arnErrors, generatedId, region, regionOf, tagErrors, tagsAll } from "./common";
import { ADDONS, CLUSTER, minorOf, NODES, VERSIONS, versionErrors } from "./eks-versions";
import { instanceErrors } from "./instances";

const CLUSTER_AUTHORITY = Buffer.from("-----BEGIN CERTIFICATE-----\nstand-in\n-----END CERTIFICATE-----\n").toString(
    "base64",
);

async function zonesOf(inputs: Bag, path: string, context: RuleContext): Promise<readonly string[] | undefined> {
    const all = at(inputs, path);
    if (!Array.isArray(all) || all.some(isUnknown)) {
        return undefined;
    }
    const found = await Promise.all(stringsAt(inputs, path).map((id) => context.byId("aws:ec2/subnet:Subnet", id)));
    return found.map(
        (subnet, index) =>
            stringAt(subnet, "availabilityZoneId") ?? stringAt(subnet, "availabilityZone") ?? `unknown-${index}`,
    );
}

/** Zones without EKS: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html. */
const UNSUPPORTED_ZONES = ["use1-az3", "usw1-az2", "cac1-az3"];

/** Names and deletion protection: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html. */
async function clusterErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors = [...arnErrors(inputs, "roleArn"), ...tagErrors(inputs)];
    const name = stringAt(inputs, "name");
    if (name !== undefined && !/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
        errors.push(`InvalidParameterException: The cluster name ${name} is not valid`);
    }
    const version = stringAt(inputs, "version");
    if (version !== undefined && !VERSIONS.includes(version)) {
        errors.push(`InvalidParameterException: unsupported Kubernetes version ${version}`);
    }
    // That one endpoint is needed is not documented; https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html lists
    // the other three combinations.
    const privateAccess = at(inputs, "vpcConfig.endpointPrivateAccess") ?? false;
    const publicAccess = at(inputs, "vpcConfig.endpointPublicAccess") ?? true;
    if (privateAccess === false && publicAccess === false) {
        errors.push("InvalidParameterException: Private and public endpoint access cannot be false");
    }
    // https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
    const zones = await zonesOf(inputs, "vpcConfig.subnetIds", context);
    if (zones !== undefined && new Set(zones).size < 2) {
        errors.push("InvalidParameterException: Subnets specified must be in at least two different AZs");
    }
    const bad = zones?.filter((zone) => UNSUPPORTED_ZONES.includes(zone)) ?? [];
    errors.push(
        ...bad.map(
            (zone) =>
                `UnsupportedAvailabilityZoneException: Cannot create cluster '${name ?? ""}' because ${zone}, the targeted availability zone, does not currently have sufficient capacity to support the cluster.`,
        ),
        ...(await versionErrors(inputs, context)),
    );
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_EncryptionConfig.html
    const encrypted = stringsAt(inputs, "encryptionConfig.resources");
    if (given(inputs, "encryptionConfig") && encrypted.some((resource) => resource !== "secrets")) {
        errors.push("InvalidParameterException: the only resource that can be encrypted is secrets");
    }
    return errors;
}

function issuer(inputs: Bag, id: string, context: RuleContext): string {
    return `https://oidc.eks.${regionOf(inputs, context)}.amazonaws.com/id/${Buffer.from(id).toString("hex").toUpperCase()}`;
}

const clusterArn = (inputs: Bag, id: string, context: RuleContext): string =>
    `arn:aws:eks:${regionOf(inputs, context)}:${accountOf(context)}:cluster/${id}`;

const EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];

/**
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html, API_NodegroupScalingConfig.html, API_Taint.html. By that page a new
 * group's version is the cluster's; a lower one, which an existing group may have, is accepted here. Messages from memory.
 */
async function nodeGroupErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const errors = [...arnErrors(inputs, "nodeRoleArn"), ...tagErrors(inputs)];
    const cluster = await context.byId(CLUSTER, stringAt(inputs, "clusterName") ?? "");
    const [own, highest] = [stringAt(inputs, "version"), stringAt(cluster, "version")];
    // https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html
    if (minorOf(own) > minorOf(highest)) {
        errors.push(
            `InvalidParameterException: Nodegroup Kubernetes version ${own ?? ""} may not be greater than cluster version ${highest ?? ""}`,
        );
    }
    const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((key) =>
        numberAt(inputs, `scalingConfig.${key}`),
    );
    if (min !== undefined && max !== undefined && min > max) {
        errors.push(`InvalidParameterException: Minimum capacity ${min} can't be greater than maximum size ${max}`);
    }
    if (desired !== undefined && ((max !== undefined && desired > max) || (min !== undefined && desired < min))) {
        errors.push(`InvalidParameterException: desired capacity ${desired} must be between minimum and maximum size`);
    }
    if (given(inputs, "launchTemplate") && (given(inputs, "diskSize") || given(inputs, "remoteAccess"))) {
        errors.push("InvalidParameterException: Disk size and remote access must be specified in the launch template");
    }
    const effects = bagsAt(inputs, "taints").map((taint) => stringAt(taint, "effect") ?? "");
    errors.push(
        ...effects
            .filter((effect) => !EFFECTS.includes(effect))
            .map((effect) => `expected taint.effect to be one of ${JSON.stringify(EFFECTS)}, got ${effect}`),
    );
    return [...errors, ...instanceErrors(stringsAt(inputs, "instanceTypes"), stringAt(inputs, "amiType"))];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html; EKS also validates the values against the add-on's schema. */
function addonErrors(inputs: Bag): string[] {
    const name = stringAt(inputs, "addonName");
    const values = stringAt(inputs, "configurationValues");
    const errors =
        name === undefined || ADDONS.includes(name)
            ? []
            : [`InvalidParameterException: Addon ${name} specified is not supported`];
    try {
        JSON.parse(values ?? "{}");
    } catch {
        errors.push("InvalidParameterException: ConfigurationValue provided in request is not supported: not JSON");
    }
    return [...errors, ...arnErrors(inputs, "serviceAccountRoleArn"), ...tagErrors(inputs)];
}

const part = (inputs: Bag, ...names: readonly string[]): string =>
    names.map((name) => stringAt(inputs, name) ?? "").join(":");

export const eks: Readonly<Record<string, ResourceType>> = {
    [CLUSTER]: {
        autoName: "name",
        required: ["roleArn", "vpcConfig.subnetIds"],
        replaceOn: ["name", "roleArn", "vpcConfig.subnetIds", "kubernetesNetworkConfig", "encryptionConfig"],
        refuse: clusterErrors,
        refuseDelete: (inputs) =>
            inputs["deletionProtection"] === true
                ? ["InvalidRequestException: Cluster is protected from deletion; disable deletion protection first"]
                : [],
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: {
            arn: clusterArn,
            endpoint: (inputs, id, context) =>
                `https://${Buffer.from(id).toString("hex")}.gr7.${regionOf(inputs, context)}.eks.amazonaws.com`,
            certificateAuthority: () => ({ data: CLUSTER_AUTHORITY }),
            identities: (inputs, id, context) => [{ oidcs: [{ issuer: issuer(inputs, id, context) }] }],
            "vpcConfig.clusterSecurityGroupId": (_inputs, id) => `sg-${Buffer.from(id).toString("hex").slice(0, 17)}`,
            platformVersion: () => "eks.1",
            status: () => "ACTIVE",
            region,
            tagsAll,
        },
    },
    [NODES]: {
        autoName: "nodeGroupName",
        required: ["clusterName", "nodeRoleArn", "subnetIds", "scalingConfig"],
        replaceOn: [
            ...["nodeGroupName", "clusterName", "nodeRoleArn", "subnetIds", "instanceTypes", "amiType"],
            ...["capacityType", "diskSize"],
        ],
        refuse: nodeGroupErrors,
        id: (inputs) => part(inputs, "clusterName", "nodeGroupName"),
        computed: {
            arn: (inputs, id, context) =>
                `arn:aws:eks:${regionOf(inputs, context)}:${accountOf(context)}:nodegroup/${id.replace(":", "/")}/stand-in`,
            status: () => "ACTIVE",
            region,
            tagsAll,
        },
    },
    "aws:eks/addon:Addon": {
        required: ["clusterName", "addonName"],
        replaceOn: ["clusterName", "addonName"],
        refuse: addonErrors,
        id: (inputs) => part(inputs, "clusterName", "addonName"),
        computed: {
            arn: (_inputs, id) => `arn:aws:eks:addon/${id}`,
            addonVersion: () => "v1.0.0-eksbuild.1",
            region,
            tagsAll,
        },
    },
    "aws:eks/accessEntry:AccessEntry": {
        required: ["clusterName", "principalArn"],
        replaceOn: ["clusterName", "principalArn", "type"],
        refuse: (inputs) => [...arnErrors(inputs, "principalArn"), ...tagErrors(inputs)],
        id: (inputs) => part(inputs, "clusterName", "principalArn"),
        computed: { accessEntryArn: (_inputs, id) => `arn:aws:eks:access-entry/${id}`, region, tagsAll },
    },
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
        required: ["clusterName", "principalArn", "policyArn", "accessScope.type"],
        replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
        refuse: (inputs) => {
            const policy = stringAt(inputs, "policyArn");
            // https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
            return policy === undefined || policy.startsWith("arn:aws:eks::aws:cluster-access-policy/")
                ? []
                : [`InvalidParameterException: The policyArn ${policy} is not a cluster access policy`];
        },
        id: (inputs) => part(inputs, "clusterName", "principalArn", "policyArn").replaceAll(":", "#"),
        computed: { associatedAt: () => "2026-01-01T00:00:00Z", region },
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
        required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
        replaceOn: ["clusterName", "namespace", "serviceAccount"],
        refuse: (inputs) => [...arnErrors(inputs, "roleArn"), ...tagErrors(inputs)],
        id: generatedId("a"),
        computed: { associationId: (_inputs, id) => id, region, tagsAll },
    },
};

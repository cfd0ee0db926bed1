import assert from "node:assert/strict";

import { waits } from "../../deployed";
import { deployCluster, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"];
const pools = ["app", "cache", "database", "payment"];
const groups = [
    ...["app", ...zones.map((zone) => `cache-${zone}`), ...zones.map((zone) => `database-${zone}`), "payment"],
].map((group) => `NodeGroup cluster-${group}`);

/** What nodes need to become ready besides the add-ons: their role's permissions. */
const nodePolicies = ["RolePolicyAttachment cluster-nodes-images", "RolePolicyAttachment cluster-nodes-worker"];

const expected: Readonly<Record<string, readonly string[]>> = {
    "Key cluster-keys-disks": [],
    "Key cluster-keys-logs": [],
    "Key cluster-keys-secrets": [],
    "Role cluster-control": [],
    "RolePolicyAttachment cluster-control-cluster": ["Role cluster-control"],
    // Otherwise EKS would create the log group, without retention and key.
    "LogGroup cluster-logs": ["Key cluster-keys-logs"],
    "SecurityGroup cluster-endpoint": ["Vpc network"],
    "Cluster cluster": [
        "Key cluster-keys-secrets",
        "LogGroup cluster-logs",
        "RolePolicyAttachment cluster-control-cluster",
        ...zones.map((zone) => `Route network-private-${zone}-nat`),
        ...zones.map((zone) => `RouteTableAssociation network-private-${zone}`),
        "SecurityGroup cluster-endpoint",
    ],
    "Role cluster-access": [],
    "AccessEntry cluster-access": ["Cluster cluster", "Role cluster-access"],
    "AccessPolicyAssociation cluster-access": ["AccessEntry cluster-access"],
    "Role cluster-base-vpc-cni": [],
    "RolePolicyAttachment cluster-base-vpc-cni-policy": ["Role cluster-base-vpc-cni"],
    "Addon cluster-base-eks-pod-identity-agent": ["Cluster cluster"],
    // One after the other: docs/traps.md, "A deletion that fails".
    "Addon cluster-base-kube-proxy": ["Addon cluster-base-eks-pod-identity-agent"],
    "Addon cluster-base-vpc-cni": ["Addon cluster-base-kube-proxy", "RolePolicyAttachment cluster-base-vpc-cni-policy"],
    "Role cluster-nodes": [],
    ...Object.fromEntries(nodePolicies.map((policy) => [policy, ["Role cluster-nodes"]])),
    ...Object.fromEntries(pools.map((pool) => [`LaunchTemplate cluster-${pool}`, ["Key cluster-keys-disks"]])),
    ...Object.fromEntries(
        groups.map((group) => {
            const pool = pools.find((name) => group.startsWith(`NodeGroup cluster-${name}`)) ?? "";
            return [group, ["Addon cluster-base-vpc-cni", `LaunchTemplate cluster-${pool}`, ...nodePolicies]];
        }),
    ),
    "Role cluster-addons-aws-ebs-csi-driver": [],
    "RolePolicyAttachment cluster-addons-aws-ebs-csi-driver-policy": ["Role cluster-addons-aws-ebs-csi-driver"],
    // Their pods need nodes.
    "Addon cluster-addons-coredns": groups,
    "Addon cluster-addons-metrics-server": ["Addon cluster-addons-coredns"],
    "Addon cluster-addons-snapshot-controller": ["Addon cluster-addons-metrics-server"],
    "Addon cluster-addons-aws-ebs-csi-driver": [
        "Addon cluster-addons-snapshot-controller",
        "RolePolicyAttachment cluster-addons-aws-ebs-csi-driver-policy",
    ],
    // Objects need access, nodes, DNS and storage.
    "kubernetes cluster-kubernetes": [
        "AccessPolicyAssociation cluster-access",
        "Addon cluster-addons-aws-ebs-csi-driver",
    ],
};

describe("the order of creation of the cluster on AWS", () => {
    it("is network, cluster, network add-ons, nodes, other add-ons, provider", async () => {
        const prod = await deployment("aws", "prod");
        assert.deepEqual(waits(prod, inLayer(prod, "cluster")), expected);
    });

    it("has a listed network's rule after its security group", async () => {
        const own = await deployCluster("aws", "dev", { cluster: { authorizedNetworks: ["203.0.113.0/24"] } });
        const order = waits(own, inLayer(own, "cluster"));
        assert.deepEqual(order["SecurityGroupIngressRule cluster-endpoint-203.0.113.0-24"], [
            "SecurityGroup cluster-endpoint",
        ]);
    });
});

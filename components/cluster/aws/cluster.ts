import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import type { PoolConfig } from "../../../config/pools";
import { usesKarpenter } from "../../../config/profiles";
import { eksArn } from "../../common/aws/arns";
import type { LayerConfig } from "../layer-config";
import type { Network } from "../../network/types";
import { EksAccess } from "./access";
import { EksAddons } from "./managed-addons";
import { controlPlaneSecurityGroup, endpoints } from "./endpoint-access";
import { EksKeys } from "./keys";
import { EksNodePool } from "./node-pool";
import { ServiceRole } from "./service-role";
import { kubeconfig, kubernetesProvider } from "../kubeconfig";
import { eksName } from "../naming";
import { awsReach, type Reach } from "../reach";
import type { Cluster, NodeIdentity } from "../types";
import { kubernetesVersion } from "../versions";

/** Arguments of {@link EksCluster}. */
export interface EksClusterArgs {
    readonly config: LayerConfig;
    readonly network: Network;
}

const policies = "arn:aws:iam::aws:policy";

/** All log types of the control plane; `audit` records who did what (E3, CL-19). */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** An EKS cluster with private nodes in three zones; one role has access (CL-02). */
export class EksCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach: Reach;
    public readonly nodeIdentity: NodeIdentity;
    public readonly podSecurityGroup: pulumi.Output<string>;

    constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksCluster", name, {}, opts);
        const { config, network } = args;
        const clusterName = eksName(config.stack);
        const child = { parent: this };
        const keys = new EksKeys(`${name}-keys`, { config }, child);
        const controlRole = new ServiceRole(
            `${name}-control`,
            { config, service: "eks.amazonaws.com", policies: { cluster: `${policies}/AmazonEKSClusterPolicy` } },
            child,
        );
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            // Created before the cluster: EKS would create it without retention and key. One year, as PCI DSS requires.
            { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: 365, kmsKeyId: keys.logs },
            child,
        );
        const endpoint = controlPlaneSecurityGroup(name, config, network, child);
        const cluster = new eks.Cluster(
            name,
            {
                // People type this name: fixed, all other names have a random suffix (CL-02).
                name: clusterName,
                version: kubernetesVersion,
                roleArn: controlRole.arn,
                accessConfig: {
                    // Access entries only: the `aws-auth` ConfigMap can be edited with write access to `kube-system` (E5).
                    authenticationMode: "API",
                    // The identity of the first deployment gets no permanent administrator access (E5).
                    bootstrapClusterCreatorAdminPermissions: false,
                },
                // Envelope encryption of Secrets with a customer-managed key (E2).
                encryptionConfig: { provider: { keyArn: keys.secrets }, resources: ["secrets"] },
                enabledClusterLogTypes: logTypes,
                vpcConfig: {
                    subnetIds: [...network.nodeSubnetIds],
                    securityGroupIds: [endpoint.id],
                    ...endpoints(config),
                },
                kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: config.network.services },
                // The managed add-ons below install these, in pinned versions.
                bootstrapSelfManagedAddons: false,
                // EKS upgrades the version at the end of standard support; no surcharge for extended support (E14).
                upgradePolicy: { supportType: "STANDARD" },
                deletionProtection: config.cluster.deletionProtection,
                // AWS may shift traffic away from an impaired zone (CL-14).
                zonalShiftConfig: { enabled: true },
            },
            {
                ...child,
                dependsOn: [logs, ...endpoint.rules, ...(network.wayIn ?? [])],
                // At the end of standard support EKS upgrades the control plane. After a refresh the pinned version would be a
                // downgrade, which EKS refuses, so a version is raised only by an update that says so.
                ...(config.cluster.upgrade ? {} : { ignoreChanges: ["version"] }),
            },
        );
        const named = { name: clusterName, arn: eksArn(config, clusterName) };
        const access = new EksAccess(`${name}-access`, { config, cluster: clusterName, needs: [cluster] }, child);
        const base = new EksAddons(
            `${name}-base`,
            { config, cluster: named, phase: "beforeNodes", needs: [cluster] },
            child,
        );

        const nodeRole = new ServiceRole(
            `${name}-nodes`,
            {
                config,
                service: "ec2.amazonaws.com",
                // To join the cluster and pull images only: pods have identities of their own (E12).
                policies: {
                    worker: `${policies}/AmazonEKSWorkerNodePolicy`,
                    images: `${policies}/AmazonEC2ContainerRegistryPullOnly`,
                },
            },
            child,
        );
        // Karpenter alone creates spot nodes: it chooses among instance families and replaces reclaimed nodes (CL-12).
        const managed = (Object.entries(config.nodePools) as [PoolName, PoolConfig][]).filter(
            ([pool]) => pool !== "spot",
        );
        const pools = managed.map(
            ([pool, settings]) =>
                new EksNodePool(
                    `${name}-${pool}`,
                    {
                        config,
                        pool,
                        settings: pool === "app" && usesKarpenter(config) ? fixedSize(settings) : settings,
                        cluster: clusterName,
                        roleArn: nodeRole.arn,
                        diskKey: keys.disks,
                        subnetIds: network.nodeSubnetIds,
                        needs: base.ready,
                    },
                    child,
                ),
        );
        const addons = new EksAddons(
            `${name}-addons`,
            { config, cluster: named, phase: "onNodes", needs: pools.flatMap(({ groups }) => groups) },
            child,
        );

        const text = kubeconfig(clusterName, {
            server: cluster.endpoint,
            certificateAuthority: cluster.certificateAuthority.data,
            token: {
                command: "aws",
                args: tokenArguments(clusterName, config.region, access.roleArn),
                installHint: "install the AWS CLI, version 2",
            },
        });
        this.provider = kubernetesProvider(
            name,
            { kubeconfig: text, identity: cluster.endpoint },
            // Objects that are created before nodes, DNS and storage would time out waiting for them.
            { ...child, dependsOn: [...addons.ready] },
        );
        this.name = cluster.name;
        this.endpoint = cluster.endpoint;
        this.reach = awsReach(config);
        this.podSecurityGroup = cluster.vpcConfig.clusterSecurityGroupId;
        this.nodeIdentity = { roleName: nodeRole.roleName, roleArn: nodeRole.arn, diskKey: keys.disks };
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

/** The pool at its minimum: six of twenty nodes in prod, two per zone. Karpenter itself runs on them and adds the others. */
function fixedSize(settings: PoolConfig): PoolConfig {
    return { ...settings, max: settings.min };
}

/** Requests a token of the admin role: the caller needs `sts:AssumeRole` on it. */
function tokenArguments(cluster: string, region: string, roleArn: pulumi.Input<string>): pulumi.Input<string>[] {
    return [
        "eks",
        "get-token",
        "--output",
        "json",
        "--cluster-name",
        cluster,
        "--region",
        region,
        "--role-arn",
        roleArn,
    ];
}

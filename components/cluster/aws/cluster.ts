import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { PoolName } from "../../../catalog/types";
import type { PoolConfig } from "../../../config/pools";
import { usesKarpenter } from "../../../config/profiles";
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

/** What an {@link EksCluster} is made from. */
export interface EksClusterArgs {
    readonly config: LayerConfig;
    readonly network: Network;
}

const policies = "arn:aws:iam::aws:policy";

/** All that the control plane can log; `audit` says who did what (E3, CL-19). */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** An EKS cluster with private nodes in three zones, entered through one role (CL-02). */
export class EksCluster extends pulumi.ComponentResource implements Cluster {
    public readonly name: pulumi.Output<string>;
    public readonly endpoint: pulumi.Output<string>;
    public readonly provider: k8s.Provider;
    public readonly reach: Reach;
    public readonly nodeIdentity: NodeIdentity;

    constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksCluster", name, {}, opts);
        const { config, network } = args;
        const clusterName = eksName(config.stack);
        const child = { parent: this };
        const keys = new EksKeys(`${name}-keys`, { config }, child);
        const controlRole = new ServiceRole(
            `${name}-control`,
            { service: "eks.amazonaws.com", policies: { cluster: `${policies}/AmazonEKSClusterPolicy` } },
            child,
        );
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            // Made first and by name, or EKS makes it without an end. A year, as card payments ask of audit trails.
            { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: 365, kmsKeyId: keys.logs },
            child,
        );
        const cluster = new eks.Cluster(
            name,
            {
                // The one name that people type: fixed, where all others get a random suffix (CL-02).
                name: clusterName,
                version: kubernetesVersion,
                roleArn: controlRole.arn,
                accessConfig: {
                    // Access entries only: the older ConfigMap could be edited by whoever edits `kube-system` (E5).
                    authenticationMode: "API",
                    // Who happened to run the first deployment does not administer the cluster for ever (E5).
                    bootstrapClusterCreatorAdminPermissions: false,
                },
                // Secrets lie encrypted in the control plane's database, with our key (E2).
                encryptionConfig: { provider: { keyArn: keys.secrets }, resources: ["secrets"] },
                enabledClusterLogTypes: logTypes,
                vpcConfig: {
                    subnetIds: [...network.nodeSubnetIds],
                    securityGroupIds: [controlPlaneSecurityGroup(name, config, network, child)],
                    ...endpoints(config),
                },
                kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: config.network.services },
                // The add-ons below bring these in versions that we chose.
                bootstrapSelfManagedAddons: false,
                // At the end of standard support the version moves on, and no surcharge begins (E14).
                upgradePolicy: { supportType: "STANDARD" },
                deletionProtection: config.cluster.deletionProtection,
                // AWS may turn traffic away from a zone in trouble (CL-14).
                zonalShiftConfig: { enabled: true },
            },
            { ...child, dependsOn: [logs] },
        );
        const access = new EksAccess(`${name}-access`, { config, cluster: cluster.name }, child);
        const base = new EksAddons(`${name}-base`, { cluster, phase: "beforeNodes", needs: [] }, child);

        const nodeRole = new ServiceRole(
            `${name}-nodes`,
            {
                service: "ec2.amazonaws.com",
                // Join the cluster, pull images, nothing else: pods have identities of their own (E12).
                policies: {
                    worker: `${policies}/AmazonEKSWorkerNodePolicy`,
                    images: `${policies}/AmazonEC2ContainerRegistryPullOnly`,
                },
            },
            child,
        );
        // Spot nodes come from Karpenter alone, which picks among families and moves on when one is taken back (CL-12).
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
                        settings: pool === "app" && usesKarpenter(config) ? floorOf(settings) : settings,
                        cluster: cluster.name,
                        roleArn: nodeRole.arn,
                        diskKey: keys.disks,
                        subnetIds: network.nodeSubnetIds,
                        needs: [base],
                    },
                    child,
                ),
        );
        const addons = new EksAddons(`${name}-addons`, { cluster, phase: "onNodes", needs: pools }, child);

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
            // Objects made before there are nodes, DNS and disks would wait for them, and time out.
            { ...child, dependsOn: [...pools, addons] },
        );
        this.name = cluster.name;
        this.endpoint = cluster.endpoint;
        this.reach = awsReach(config);
        this.nodeIdentity = { roleName: nodeRole.roleName, roleArn: nodeRole.arn, diskKey: keys.disks };
        this.registerOutputs({ name: this.name, endpoint: this.endpoint });
    }
}

/** The nodes that are there whatever the load: six of twenty in prod, two a zone, for Karpenter itself runs on them. */
function floorOf(settings: PoolConfig): PoolConfig {
    return { ...settings, max: settings.min };
}

/** The token is the admin role's, whoever asks for it: who may take the role on gets in. */
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

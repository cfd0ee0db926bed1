import * as ipaddr from "ipaddr.js";

import { checked, cidr, flag, group, list, secretText, text } from "../../config/fields";
import { isCron, weeklyStart } from "../../config/formats";
import { configPart, defaultOn, noDefault, type Rule, ruleOn } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Tier } from "../../config/schema";

interface ClusterTier {
    readonly privateEndpoint: boolean;
    /** The control plane's DNS endpoint accepts requests from outside the VPC; GCP only. */
    readonly dnsEndpoint: boolean;
    /** For the cluster, and for the keys and buckets of the stack. */
    readonly deletionProtection: boolean;
}

/** The configuration of the cluster layer. */
export interface ClusterConfig {
    readonly existing: {
        readonly kubeconfig: string | undefined;
        readonly context: string | undefined;
        /** Of the cluster, whatever its address: another one replaces every Kubernetes object. */
        readonly identity: string;
    };
    /** Roles and users of the account, as in the end of their ARNs, that may administer the cluster; AWS only. */
    readonly administrators: readonly string[];
    /** Google group whose member groups can be subjects in RBAC; undefined if there is none (G22). */
    readonly securityGroup: string | undefined;
    readonly cluster: ClusterTier & {
        readonly authorizedNetworks: readonly string[];
        /** Whether this update raises the control plane to the program's Kubernetes version; AWS only. */
        readonly upgrade: boolean;
        /** The stack has its network only: the first of two phases. */
        readonly networkOnly: boolean;
        /** Five cron fields, UTC. */
        readonly maintenanceWindow: string;
    };
}

const tiers: Readonly<Record<Tier, ClusterTier>> = {
    dev: {
        // Developers reach the control plane from listed networks without a bastion.
        privateEndpoint: false,
        // IAM authorises connections, so no list of home addresses has to be maintained.
        dnsEndpoint: true,
        // Dev is often deleted and created again.
        deletionProtection: false,
    },
    staging: { privateEndpoint: false, dnsEndpoint: true, deletionProtection: false },
    prod: {
        // No public address, in prod.
        privateEndpoint: true,
        // IAM authorises each connection, and VPC Service Controls can restrict it. The private address alone cannot be
        // reached before the first deployment has created its network.
        dnsEndpoint: true,
        deletionProtection: true,
    },
};

const authorizedNetworks: Rule<ClusterConfig> = ({ config }) =>
    config.cluster.authorizedNetworks
        .map((network, index) => ({ network, index }))
        .filter(({ network }) => ipaddr.IPv4.parseCIDR(network)[1] < 8)
        .map(({ network, index }) => ({
            path: `cluster.authorizedNetworks.${index}`,
            value: network,
            message: "opens the control plane to the internet; give networks of /8 or smaller that are yours",
        }));

/** GKE has weekly maintenance windows, so days of the month cannot be converted. */
const weeklyMaintenance: Rule<ClusterConfig> = ({ config }) => {
    const cron = config.cluster.maintenanceWindow;
    const message =
        "is not a weekly schedule with one time of day; give one minute, one hour, * and *, such as 0 3 * * 6";
    return weeklyStart(cron) === undefined ? [{ path: "cluster.maintenanceWindow", value: cron, message }] : [];
};

const prodIsPrivate: Rule<ClusterConfig> = ({ config }) => {
    const message = "exposes prod's control plane to the internet; give true or remove the key";
    return config.tier === "prod" && !config.cluster.privateEndpoint
        ? [{ path: "cluster.privateEndpoint", value: false, message }]
        : [];
};

/** Whether the control plane has a public address for listed networks. */
function hasPublicAddress({ cluster }: ClusterConfig): boolean {
    return !cluster.privateEndpoint && cluster.authorizedNetworks.length > 0;
}

/**
 * The first `pulumi up` creates the network, the control plane in it, and objects in the cluster. Without a way in from
 * where Pulumi runs, it fails after half an hour.
 */
const eksIsReachable: Rule<ClusterConfig> = ({ config }): readonly Problem[] => {
    const { cluster, connection } = config;
    // A transit gateway without networks, or the reverse, is a mistake of its own.
    const connected = connection.transitGateway !== undefined || connection.networks.length > 0;
    if (hasPublicAddress(config) || connection.privateRunner || connected) {
        return [];
    }
    const remedy =
        "set aws.transitGateway and aws.connectedNetworks, or aws.privateRunner where Pulumi runs in the VPC";
    const message = "leaves no way to the control plane from outside of the VPC";
    return cluster.privateEndpoint
        ? [{ path: "cluster.privateEndpoint", value: true, message: `${message}; ${remedy}` }]
        : [
              {
                  path: "cluster.authorizedNetworks",
                  value: cluster.authorizedNetworks,
                  message: `${message}; list the network that you work from, ${remedy}`,
              },
          ];
};

const gkeIsReachable: Rule<ClusterConfig> = ({ config }): readonly Problem[] => {
    const message =
        "leaves no way to the control plane from outside of the VPC; give true or remove the key, so that IAM protects its DNS name, or set gcp.privateRunner where Pulumi runs in the VPC";
    return config.cluster.dnsEndpoint || hasPublicAddress(config) || config.connection.privateRunner
        ? []
        : [{ path: "cluster.dnsEndpoint", value: false, message }];
};

/** An existing cluster has a network. */
const networkPhase: Rule<ClusterConfig> = ({ config }): readonly Problem[] => {
    const message = "has no effect: the cluster exists already; remove the key";
    return config.cluster.networkOnly ? [{ path: "cluster.networkOnly", value: true, message }] : [];
};

/** The cluster layer's keys. */
export const clusterConfig = configPart({
    name: "cluster",
    shape: {
        cluster: group("Control plane and maintenance of the cluster", {
            authorizedNetworks: list(
                "Networks that can reach the control plane; never the whole internet",
                cidr("Network"),
                0,
                50,
                "a list of IPv4 networks",
            ).optional(),
            privateEndpoint: flag(
                "Disables the control plane's public endpoint, even if networks are listed",
            ).optional(),
            dnsEndpoint: flag(
                "Control plane reachable by its DNS name from any network, for identities that IAM allows (GCP only)",
            ).optional(),
            deletionProtection: flag(
                "Protects cluster, keys and buckets against deletion; before destroying a prod stack, give false and run pulumi up",
            ).optional(),
            networkOnly: flag(
                "Creates the network without the cluster, to connect a runner to it; in a running stack it would delete everything else",
            ).optional(),
            upgrade: flag(
                "This update raises the control plane of an existing EKS cluster to the program's Kubernetes version; remove it afterwards",
            ).optional(),
            maintenanceWindow: checked(
                "Start of the weekly maintenance, UTC, as a cron expression",
                isCron,
                "five cron fields, such as 0 3 * * 6",
            ).optional(),
        }).optional(),
    },
    groups: {
        gcp: {
            securityGroup: text(
                "Google group whose member groups can be subjects in RBAC; GKE requires this exact name before the @",
                /^gke-security-groups@[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
                "gke-security-groups@ and your domain, such as gke-security-groups@example.com",
            ).optional(),
        },
        aws: {
            administrators: list(
                "Roles and users that may assume the cluster's admin role, the deployer's included; users need MFA. Without names, every principal of the account that IAM allows and that signed in with MFA",
                text(
                    "Principal",
                    // A wildcard at the end only: roles of IAM Identity Center have a random suffix.
                    /^(role|user)\/([\w.,+=@-]+\/)*[\w.,+=@-]{3,}\*?$/,
                    "role/ or user/ and a name, such as role/ecommerce-deployer",
                ),
                1,
                20,
                "a list of roles and users, such as role/ecommerce-deployer",
            ).optional(),
        },
        existing: {
            kubeconfig: secretText(
                "Kubeconfig as YAML; by default the local one (KUBECONFIG, then ~/.kube/config) is used",
                "a kubeconfig, set with pulumi config set --secret --path existing.kubeconfig",
            ).optional(),
            context: text(
                "Context of the kubeconfig; by default its current context",
                /^\S{1,253}$/,
                "the name of a context",
            ).optional(),
            identity: text(
                "Identity of the cluster, by default the stack's name: another address or context is the same cluster; another identity is another cluster, in which every object is created again",
                /^[a-zA-Z0-9]([-a-zA-Z0-9._:/]{0,251}[a-zA-Z0-9])?$/,
                "a name of letters, digits, -, ., _, : and /, such as minikube",
            ).optional(),
        },
    },
    tiers,
    resolve: ({ cluster, gcp, aws, existing }, { tier, stack }): ClusterConfig => ({
        existing: {
            kubeconfig: existing?.kubeconfig,
            context: existing?.context,
            // A stack has one cluster.
            identity: existing?.identity ?? stack,
        },
        administrators: aws?.administrators ?? [],
        securityGroup: gcp?.securityGroup,
        cluster: {
            authorizedNetworks: cluster?.authorizedNetworks ?? [],
            privateEndpoint: cluster?.privateEndpoint ?? tiers[tier].privateEndpoint,
            upgrade: cluster?.upgrade ?? false,
            networkOnly: cluster?.networkOnly ?? false,
            dnsEndpoint: cluster?.dnsEndpoint ?? tiers[tier].dnsEndpoint,
            // Saturday night, when the shop has the least traffic.
            maintenanceWindow: cluster?.maintenanceWindow ?? "0 3 * * 6",
            deletionProtection: cluster?.deletionProtection ?? tiers[tier].deletionProtection,
        },
    }),
    rules: [
        authorizedNetworks,
        weeklyMaintenance,
        ruleOn(["gcp", "aws"], prodIsPrivate),
        ruleOn(["aws"], eksIsReachable),
        ruleOn(["gcp"], gkeIsReachable),
        ruleOn(["existing"], networkPhase),
    ],
    defaults: {
        "gcp.securityGroup": noDefault,
        "aws.administrators": noDefault,
        "existing.kubeconfig": noDefault,
        "existing.context": noDefault,
        // Each stack has its own.
        "existing.identity": noDefault,
        "cluster.authorizedNetworks": ({ cluster }) => cluster.authorizedNetworks,
        "cluster.privateEndpoint": ({ cluster }) => cluster.privateEndpoint,
        "cluster.dnsEndpoint": defaultOn(["gcp"], ({ cluster }: ClusterConfig) => cluster.dnsEndpoint),
        "cluster.deletionProtection": defaultOn(
            ["gcp", "aws"],
            ({ cluster }: ClusterConfig) => cluster.deletionProtection,
        ),
        "cluster.networkOnly": defaultOn(["gcp", "aws"], ({ cluster }: ClusterConfig) => cluster.networkOnly),
        "cluster.upgrade": defaultOn(["aws"], ({ cluster }: ClusterConfig) => cluster.upgrade),
        "cluster.maintenanceWindow": ({ cluster }) => cluster.maintenanceWindow,
    },
});

import * as ipaddr from "ipaddr.js";

import { checked, cidr, flag, group, list, secretText, text } from "../../config/fields";
import { isCron, weeklyStart } from "../../config/formats";
import { configPart, defaultOn, noDefault, type Rule, ruleOn } from "../../config/part";
import type { Tier } from "../../config/schema";

interface ClusterTier {
    readonly privateEndpoint: boolean;
    /** The control plane's DNS name is answered from outside the VPC; GCP only. */
    readonly dnsEndpoint: boolean;
    /** Of the cluster, and of the keys and buckets that belong to the stack. */
    readonly deletionProtection: boolean;
}

/** What the cluster layer reads. */
export interface ClusterConfig {
    readonly existing: {
        readonly kubeconfig: string | undefined;
        readonly context: string | undefined;
    };
    /** Google group whose members RBAC may name, if there is one (G22). */
    readonly securityGroup: string | undefined;
    readonly cluster: ClusterTier & {
        readonly authorizedNetworks: readonly string[];
        /** Five cron fields, UTC. */
        readonly maintenanceWindow: string;
    };
}

const tiers: Readonly<Record<Tier, ClusterTier>> = {
    dev: {
        // Developers reach the control plane from listed networks without a bastion.
        privateEndpoint: false,
        // IAM decides who may connect: there is no list of home addresses to keep up to date.
        dnsEndpoint: true,
        // Dev is destroyed and created again; the later stages are not.
        deletionProtection: false,
    },
    staging: { privateEndpoint: false, dnsEndpoint: true, deletionProtection: false },
    prod: {
        // The control plane is used from inside the network only.
        privateEndpoint: true,
        dnsEndpoint: false,
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

/** GKE maintains by the week; a day of the month would fall on another weekday each time. */
const weeklyMaintenance: Rule<ClusterConfig> = ({ config }) => {
    const cron = config.cluster.maintenanceWindow;
    const message =
        "does not start at one time of chosen weekdays; give one minute, one hour, * and *, such as 0 3 * * 6";
    return weeklyStart(cron) === undefined ? [{ path: "cluster.maintenanceWindow", value: cron, message }] : [];
};

const prodIsPrivate: Rule<ClusterConfig> = ({ config }) => {
    const message = "shows prod's control plane to the internet; give true or remove the key";
    return config.tier === "prod" && !config.cluster.privateEndpoint
        ? [{ path: "cluster.privateEndpoint", value: false, message }]
        : [];
};

/** The cluster layer's keys. */
export const clusterConfig = configPart({
    name: "cluster",
    shape: {
        cluster: group("The cluster itself", {
            authorizedNetworks: list(
                "Networks that may reach the control plane; never the whole internet",
                cidr("Network"),
                0,
                50,
                "a list of IPv4 networks",
            ).optional(),
            privateEndpoint: flag("No public address of the control plane, whatever the listed networks").optional(),
            dnsEndpoint: flag(
                "Control plane reachable by its DNS name from any network, for identities that IAM allows (GCP only)",
            ).optional(),
            deletionProtection: flag(
                "Protects cluster, keys and buckets against deletion; give false, and pulumi up, before a prod stack is destroyed",
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
                "Google group whose member groups RBAC may name; GKE asks for this very name before the @",
                /^gke-security-groups@[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
                "gke-security-groups@ and your domain, such as gke-security-groups@example.com",
            ).optional(),
        },
        existing: {
            kubeconfig: secretText(
                "Kubeconfig as YAML; without it the machine's own (KUBECONFIG, then ~/.kube/config) is used",
                "a kubeconfig, set with pulumi config set --secret --path existing.kubeconfig",
            ).optional(),
            context: text("Context of the kubeconfig", /^\S{1,253}$/, "the name of a context").optional(),
        },
    },
    tiers,
    resolve: ({ cluster, gcp, existing }, { tier }): ClusterConfig => ({
        existing: { kubeconfig: existing?.kubeconfig, context: existing?.context },
        securityGroup: gcp?.securityGroup,
        cluster: {
            authorizedNetworks: cluster?.authorizedNetworks ?? [],
            privateEndpoint: cluster?.privateEndpoint ?? tiers[tier].privateEndpoint,
            dnsEndpoint: cluster?.dnsEndpoint ?? tiers[tier].dnsEndpoint,
            // Saturday night: the shop's quietest hours.
            maintenanceWindow: cluster?.maintenanceWindow ?? "0 3 * * 6",
            deletionProtection: cluster?.deletionProtection ?? tiers[tier].deletionProtection,
        },
    }),
    rules: [authorizedNetworks, weeklyMaintenance, ruleOn(["gcp", "aws"], prodIsPrivate)],
    defaults: {
        "gcp.securityGroup": noDefault,
        "existing.kubeconfig": noDefault,
        "existing.context": noDefault,
        "cluster.authorizedNetworks": ({ cluster }) => cluster.authorizedNetworks,
        "cluster.privateEndpoint": ({ cluster }) => cluster.privateEndpoint,
        "cluster.dnsEndpoint": defaultOn(["gcp"], ({ cluster }: ClusterConfig) => cluster.dnsEndpoint),
        "cluster.deletionProtection": defaultOn(
            ["gcp", "aws"],
            ({ cluster }: ClusterConfig) => cluster.deletionProtection,
        ),
        "cluster.maintenanceWindow": ({ cluster }) => cluster.maintenanceWindow,
    },
});

import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Cluster } from "../cluster/types";
import { eksName } from "../cluster/naming";
import { cloudIdentity } from "../identity";
import { loadBalancerController } from "./aws/load-balancer-permissions";
import { dnsChallenges, dnsRecords, secretPrefix, secretsUnder } from "./permissions";
import type { Permissions } from "../identity/types";
import type { AddonIdentities, AddonName, Chart } from "../helm/types";

/** What each add-on may do in the cloud; those that are not here ask it for nothing (SC-07). */
function permissionsOf(config: PlatformConfig): Readonly<Partial<Record<AddonName, Permissions>>> {
    const { account, region, stack } = config;
    return {
        "cert-manager": dnsChallenges(config),
        "external-secrets": secretsUnder(secretPrefix(stack), config),
        "external-dns": dnsRecords(config),
        "aws-load-balancer-controller": loadBalancerController({ account, region, cluster: eksName(stack) }),
    };
}

/**
 * Gives the add-ons that speak to the cloud an identity there, with no more than they need. Karpenter's is the cluster
 * layer's, which also makes what it works on.
 */
export function addonIdentities(
    name: string,
    charts: readonly Pick<Chart, "name" | "namespace">[],
    { config, cluster }: { readonly config: PlatformConfig; readonly cluster: Pick<Cluster, "name"> },
    opts: pulumi.ComponentResourceOptions,
): AddonIdentities {
    const permissions = permissionsOf(config);
    return Object.fromEntries(
        charts.flatMap(({ name: addon, namespace }) => {
            const granted = permissions[addon];
            // Each chart's account has the add-on's own name.
            const args = { config, cluster, namespace, serviceAccount: addon };
            return granted === undefined
                ? []
                : [[addon, cloudIdentity(`${name}-${addon}`, { ...args, permissions: granted }, opts)]];
        }),
    );
}

import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

import { podIdentityTrust } from "../../common/aws/trust";
import { ServiceRole } from "./service-role";
import { type EksAddonName, eksAddonVersions } from "../versions";

/** A managed add-on: how it is set and what it may do in the account. */
interface Addon {
    readonly configuration?: Readonly<Record<string, unknown>>;
    /** Absent where no permission is needed. */
    readonly identity?: Identity;
}

/** Who an add-on's pods are in the account; all add-ons run in `kube-system`. */
interface Identity {
    readonly serviceAccount: string;
    /** ARN of one of AWS' own policies. */
    readonly policy: string;
}

/** What has to be there before a node can become ready: network, service addresses, identities of pods. */
const beforeNodes: Readonly<Partial<Record<EksAddonName, Addon>>> = {
    "eks-pod-identity-agent": {},
    "kube-proxy": {},
    "vpc-cni": {
        // Network policies are text without an enforcer: this one is off unless it is asked for (E13).
        configuration: { enableNetworkPolicy: "true", nodeAgent: { enablePolicyEventLogs: "true" } },
        // The pods' identity, so that the nodes' role need not manage network interfaces (E12).
        identity: {
            serviceAccount: "aws-node",
            policy: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
        },
    },
};

/** What runs in pods and would wait without a node. */
const onNodes: Readonly<Partial<Record<EksAddonName, Addon>>> = {
    coredns: {},
    "metrics-server": {},
    "snapshot-controller": {},
    "aws-ebs-csi-driver": {
        // The tainted pools have volumes too.
        configuration: { node: { tolerateAllTaints: true } },
        identity: {
            serviceAccount: "ebs-csi-controller-sa",
            policy: "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
        },
    },
};

export const addonPhases = { beforeNodes, onNodes } as const;

/** What {@link EksAddons} are made from. */
export interface EksAddonsArgs {
    readonly cluster: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
    readonly phase: keyof typeof addonPhases;
    /** What the add-ons run on. */
    readonly needs: readonly pulumi.Resource[];
}

/** The managed add-ons of one phase, each in its pinned version, with a Pod Identity where it needs permissions (E13). */
export class EksAddons extends pulumi.ComponentResource {
    public readonly versions: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: EksAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksAddons", name, {}, opts);
        const child = { parent: this };
        const addons = Object.entries(addonPhases[args.phase]) as [EksAddonName, Addon][];
        const made = addons.map(([addonName, { configuration, identity }]): [string, pulumi.Output<string>] => {
            const addon = new eks.Addon(
                `${name}-${addonName}`,
                {
                    clusterName: args.cluster.name,
                    addonName,
                    addonVersion: eksAddonVersions[addonName],
                    // What this file says holds, whatever was changed by hand.
                    resolveConflictsOnCreate: "OVERWRITE",
                    resolveConflictsOnUpdate: "OVERWRITE",
                    ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
                    ...(identity === undefined
                        ? {}
                        : {
                              podIdentityAssociations: [
                                  {
                                      serviceAccount: identity.serviceAccount,
                                      roleArn: this.role(`${name}-${addonName}`, args, identity).arn,
                                  },
                              ],
                          }),
                },
                { ...child, dependsOn: [...args.needs] },
            );
            return [addonName, addon.addonVersion];
        });
        this.versions = pulumi.all(Object.fromEntries(made));
        this.registerOutputs({ versions: this.versions });
    }

    private role(name: string, args: EksAddonsArgs, identity: Identity): ServiceRole {
        return new ServiceRole(
            name,
            {
                ...podIdentityTrust({
                    clusterArn: args.cluster.arn,
                    namespace: "kube-system",
                    serviceAccount: identity.serviceAccount,
                }),
                policies: { policy: identity.policy },
            },
            { parent: this },
        );
    }
}

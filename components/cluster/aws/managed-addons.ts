import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

import type { RoleConfig } from "../../common/aws/roles";
import { podIdentityTrust } from "../../common/aws/trust";
import { ServiceRole } from "./service-role";
import { type EksAddonName, eksAddonVersions } from "../versions";

/** A managed add-on: its configuration and its permissions in the account. */
interface Addon {
    readonly configuration?: Readonly<Record<string, unknown>>;
    /** @default none: no permission is needed */
    readonly identity?: Identity;
}

/** IAM role of an add-on's pods; all add-ons run in `kube-system`. */
interface Identity {
    readonly serviceAccount: string;
    /** ARN of an AWS managed policy. */
    readonly policy: string;
}

/** Add-ons that nodes need to become ready: pod network, Service addresses, pod identities. */
const beforeNodes: Readonly<Partial<Record<EksAddonName, Addon>>> = {
    "eks-pod-identity-agent": {},
    "kube-proxy": {},
    "vpc-cni": {
        // The add-on enforces NetworkPolicies only if this is set (E13).
        configuration: { enableNetworkPolicy: "true", nodeAgent: { enablePolicyEventLogs: "true" } },
        // A role for the add-on's pods, so that the nodes' role has no permission for network interfaces (E12).
        identity: {
            serviceAccount: "aws-node",
            policy: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
        },
    },
};

/** Add-ons whose pods need a node. */
const onNodes: Readonly<Partial<Record<EksAddonName, Addon>>> = {
    coredns: {},
    "metrics-server": {},
    "snapshot-controller": {},
    "aws-ebs-csi-driver": {
        configuration: {
            node: {
                // Tainted pools have volumes too.
                tolerateAllTaints: true,
                // The driver's pods cannot read the instance metadata at hop limit 1, and without it the driver counts neither
                // the block devices nor the network interfaces that the VPC CNI adds: the root volume, and up to three
                // interfaces besides the first, which share the limit with volumes on instances before the seventh generation.
                // https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/options.md
                // The key is the chart's (charts/aws-ebs-csi-driver/values.schema.json there); the add-on's own schema is not public.
                reservedVolumeAttachments: 4,
            },
        },
        identity: {
            serviceAccount: "ebs-csi-controller-sa",
            policy: "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
        },
    },
};

export const addonPhases = { beforeNodes, onNodes } as const;

/** Arguments of {@link EksAddons}. */
export interface EksAddonsArgs {
    readonly config: RoleConfig;
    /** As text: `needs` has the dependency, once. */
    readonly cluster: { readonly name: string; readonly arn: string };
    readonly phase: keyof typeof addonPhases;
    /** Dependencies: the cluster or its nodes. */
    readonly needs: readonly pulumi.Resource[];
}

/** The managed add-ons of one phase, in pinned versions, with Pod Identity where they need permissions (E13). */
export class EksAddons extends pulumi.ComponentResource {
    public readonly versions: pulumi.Output<Record<string, string>>;
    /** The last add-on; the others exist before it. */
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: EksAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksAddons", name, {}, opts);
        const child = { parent: this };
        const addons = Object.entries(addonPhases[args.phase]) as [EksAddonName, Addon][];
        // One after the other, which costs a minute: see docs/traps.md, "A deletion that fails".
        let needs = args.needs;
        const versions = addons.map(([addonName, { configuration, identity }]): [string, pulumi.Output<string>] => {
            const addon = new eks.Addon(
                `${name}-${addonName}`,
                {
                    clusterName: args.cluster.name,
                    addonName,
                    addonVersion: eksAddonVersions[addonName],
                    // Manual changes are overwritten.
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
                { ...child, dependsOn: [...needs] },
            );
            needs = [addon];
            return [addonName, addon.addonVersion];
        });
        this.ready = needs;
        this.versions = pulumi.all(Object.fromEntries(versions));
        this.registerOutputs({ versions: this.versions });
    }

    private role(name: string, args: EksAddonsArgs, identity: Identity): ServiceRole {
        return new ServiceRole(
            name,
            {
                config: args.config,
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

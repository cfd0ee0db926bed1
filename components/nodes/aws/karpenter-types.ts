import type * as pulumi from "@pulumi/pulumi";

/** `spec` of an EC2NodeClass (karpenter.k8s.aws/v1), as far as it is used here. */
export interface Ec2NodeClassSpec {
    /** Images; an alias is `family@version`. */
    readonly amiSelectorTerms: readonly { readonly alias: string }[];
    readonly instanceProfile: pulumi.Input<string>;
    readonly subnetSelectorTerms: readonly { readonly id: pulumi.Input<string> }[];
    readonly securityGroupSelectorTerms: readonly { readonly tags: Readonly<Record<string, string>> }[];
    readonly associatePublicIPAddress: boolean;
    readonly metadataOptions: {
        readonly httpEndpoint: "enabled" | "disabled";
        readonly httpProtocolIPv6: "enabled" | "disabled";
        readonly httpTokens: "required" | "optional";
        readonly httpPutResponseHopLimit: number;
    };
    readonly blockDeviceMappings: readonly {
        readonly deviceName: string;
        readonly ebs: {
            readonly volumeType: "gp3";
            readonly volumeSize: string;
            readonly encrypted: boolean;
            readonly kmsKeyID: pulumi.Input<string>;
            readonly deleteOnTermination: boolean;
        };
    }[];
    readonly tags: Readonly<Record<string, string>>;
}

/** What a machine has to be like. */
export interface Requirement {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
    readonly values: readonly string[];
}

/** `spec` of a NodePool (karpenter.sh/v1), as far as it is used here. */
export interface NodePoolSpec {
    readonly template: {
        readonly metadata: { readonly labels: Readonly<Record<string, string>> };
        readonly spec: {
            /** `group` is without a version. */
            readonly nodeClassRef: { readonly group: string; readonly kind: string; readonly name: string };
            readonly taints?: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
            readonly requirements: readonly Requirement[];
            readonly expireAfter: string;
            readonly terminationGracePeriod: string;
        };
    };
    /** Sums over the pool's nodes; a quantity is text, or the API server's answer differs from what was sent. */
    readonly limits: { readonly cpu: string };
    readonly disruption: {
        readonly consolidationPolicy: "WhenEmpty" | "WhenEmptyOrUnderutilized";
        readonly consolidateAfter: string;
        readonly budgets: readonly { readonly nodes: string }[];
    };
}

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { LayerConfig } from "./layer-config";
import { kubernetesVersion } from "../cluster";
import { labels } from "../common/labels";
import { dnsEgress } from "../common/peers";
import type { PodGroup } from "../layer";
import type { PolicyContext } from "./network-policy";
import { PodPolicies } from "./pod-policies";
import type { QuotaHard } from "./quota";

/** Arguments of {@link SecureNamespace}. */
export interface SecureNamespaceArgs extends PolicyContext {
    readonly namespace: NamespaceName;
    /** Default requests and limits of containers. */
    readonly resources: LayerConfig["resources"];
    readonly quota: QuotaHard;
    /** The declared groups of pods. */
    readonly pods: readonly PodGroup[];
}

const everyPod = {};

/** These policies are created before any pod, and kube-score reports a policy that selects no pod as a mistake. */
const ignoreUnmatchedPolicy = { "kube-score/ignore": "networkpolicy-targets-pod" };

/**
 * A namespace that admits restricted pods only, denies all traffic but DNS and the declared traffic of its pods, and has a quota.
 * Rows CL-20, NW-05, SC-02, AS-11.
 */
export class SecureNamespace extends pulumi.ComponentResource {
    /** Resolves when the policies and the quota exist, so that no pod is created before them. */
    public readonly namespaceName: pulumi.Output<string>;

    constructor(name: string, args: SecureNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:security:SecureNamespace", name, {}, opts);
        const child = { parent: this };
        const own = labels(args.namespace, "namespace");
        const namespace = new k8s.core.v1.Namespace(
            name,
            { metadata: { name: args.namespace, labels: { ...own, ...podSecurityLabels() } } },
            child,
        );
        const metadata = (object: string) => ({ name: object, namespace: namespace.metadata.name, labels: own });
        const quota = new k8s.core.v1.ResourceQuota(
            `${name}-quota`,
            { metadata: metadata("quota"), spec: { hard: { ...args.quota } } },
            child,
        );
        const limits = new k8s.core.v1.LimitRange(
            `${name}-limits`,
            { metadata: metadata("limits"), spec: { limits: [containerDefaults(args.resources)] } },
            child,
        );
        const deny = new k8s.networking.v1.NetworkPolicy(
            `${name}-default-deny`,
            {
                metadata: { ...metadata("default-deny"), annotations: ignoreUnmatchedPolicy },
                // Both directions: traffic that no other policy allows is denied.
                spec: { podSelector: everyPod, policyTypes: ["Ingress", "Egress"] },
            },
            child,
        );
        const dns = new k8s.networking.v1.NetworkPolicy(
            `${name}-allow-dns`,
            {
                metadata: { ...metadata("allow-dns"), annotations: ignoreUnmatchedPolicy },
                spec: { podSelector: everyPod, policyTypes: ["Egress"], egress: [dnsEgress()] },
            },
            child,
        );
        const created = namespace.metadata.name.apply(() => args.namespace);
        const { pods, declared, reach } = args;
        const policies = new PodPolicies(`${name}-pods`, { namespace: created, pods, declared, reach }, child);
        this.namespaceName = pulumi
            .all([policies.namespaceName, quota.urn, limits.urn, deny.urn, dns.urn])
            .apply(([resolved]) => resolved);
        this.registerOutputs({ namespaceName: this.namespaceName });
    }
}

/** Pod Security `restricted` at all three levels, pinned to the cluster's version: an upgrade does not change the checks. */
function podSecurityLabels(): Record<string, string> {
    return Object.fromEntries(
        ["enforce", "audit", "warn"].flatMap((level) => [
            [`pod-security.kubernetes.io/${level}`, "restricted"],
            [`pod-security.kubernetes.io/${level}-version`, `v${kubernetesVersion}`],
        ]),
    );
}

function containerDefaults(resources: LayerConfig["resources"]): k8s.types.input.core.v1.LimitRangeItem {
    return {
        type: "Container",
        defaultRequest: { cpu: resources.cpuRequest, memory: resources.memoryRequest },
        default: { cpu: resources.cpuLimit, memory: resources.memoryLimit },
    };
}

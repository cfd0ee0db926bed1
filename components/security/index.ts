import * as pulumi from "@pulumi/pulumi";

import { type NamespaceName, namespaces } from "../../catalog/types";
import type { LayerConfig } from "./layer-config";
import type { Cluster } from "../cluster/types";
import { type Layer, type LayerArgs, podsIn } from "../layer";
import { AdmissionPolicy } from "./admission/policy";
import { admissionRules } from "./admission/rules";
import { SecureNamespace } from "./namespace";
import { PodPolicies } from "./pod-policies";
import { namespaceQuota } from "./quota";
import type { Namespaces } from "./types";

/** Inputs of {@link createNamespaces}. */
export type NamespacesArgs = Pick<LayerArgs<LayerConfig>, "config" | "workloads" | "declared"> & {
    readonly cluster: Pick<Cluster, "reach">;
};

/** Creates every namespace, with the admission policies, the network policies and the quota of its declared pods (CL-20). */
export function createNamespaces(
    _name: string,
    { config, workloads, declared, cluster: { reach } }: NamespacesArgs,
    opts: pulumi.ComponentResourceOptions,
): Namespaces {
    // No namespace waits for them, for each dependency more multiplies the paths that the engine follows when a deletion
    // fails (docs/traps.md); they depend on the cluster alone, and every pod on a chain of objects.
    for (const rule of admissionRules({ config, workloads, declared })) {
        new AdmissionPolicy(rule.name, { rule }, opts);
    }
    const entries = namespaces.map((namespace): [NamespaceName, pulumi.Output<string>] => {
        const pods = podsIn(declared, namespace);
        const quota = namespaceQuota(namespace, pods);
        const args = { namespace, quota, resources: config.resources, pods, declared, reach };
        return [namespace, new SecureNamespace(namespace, args, opts).namespaceName];
    });
    const system = "kube-system";
    const policies = new PodPolicies(
        system,
        { namespace: system, pods: podsIn(declared, system), declared, reach },
        opts,
    );
    const own = Object.fromEntries(entries) as Record<NamespaceName, pulumi.Output<string>>;
    return { ...own, [system]: policies.namespaceName };
}

/** Namespaces with Pod Security, admission policies, default deny, network policies of their pods, and quotas (CL-20, NW-05, SC-02, SC-08, AS-11). */
export const security: Layer<"security", LayerConfig, Pick<NamespacesArgs, "cluster">, Namespaces> = {
    name: "security",
    create: createNamespaces,
};

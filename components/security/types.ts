import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";

/**
 * The interface of the security layer: names of the namespaces. Each resolves when its default deny, its DNS rule, the
 * network policies of its pods and its quota exist (CL-20). `kube-system` has only the network policies of the platform's pods.
 */
export type Namespaces = Readonly<Record<NamespaceName | "kube-system", pulumi.Output<string>>>;

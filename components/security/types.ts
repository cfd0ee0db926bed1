import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";

/**
 * Names of the namespaces that pods of ours run in. Each resolves when its default deny, its DNS rule, the network
 * policies of its pods and its quota are in force (CL-20). In `kube-system` there are the policies of our pods alone.
 */
export type Namespaces = Readonly<Record<NamespaceName | "kube-system", pulumi.Output<string>>>;

import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";

/** Names of our namespaces. Each resolves when its default deny, its DNS rule and its quota are in force (CL-20). */
export type Namespaces = Readonly<Record<NamespaceName, pulumi.Output<string>>>;

import * as pulumi from "@pulumi/pulumi";

import { type NamespaceName, namespaces, type Workloads } from "../../catalog/types";
import type { PlatformConfig } from "../../config/resolve";
import { SecureNamespace } from "./namespace";
import { namespaceQuota } from "./quota";
import type { Namespaces } from "./types";

/** Makes every namespace of ours and hands out their names (CL-20). */
export function createNamespaces(
    config: PlatformConfig,
    workloads: Workloads,
    opts: pulumi.ComponentResourceOptions,
): Namespaces {
    const entries = namespaces.map((namespace): [NamespaceName, pulumi.Output<string>] => {
        const quota = namespaceQuota(config, namespace, workloads);
        const made = new SecureNamespace(namespace, { namespace, quota, resources: config.resources }, opts);
        return [namespace, made.namespaceName];
    });
    return Object.fromEntries(entries) as Record<NamespaceName, pulumi.Output<string>>;
}

import * as pulumi from "@pulumi/pulumi";

import { PodIdentity } from "./aws/pod-identity";
import { WorkloadIdentity } from "./gcp/workload-identity";
import type { CloudIdentity, IdentityArgs } from "./types";

/**
 * Creates a cloud identity for one Kubernetes ServiceAccount of one cluster, with exactly the given permissions and without
 * a key that could be copied (SC-07, G4, E11). Existing clusters get no cloud identity.
 *
 * @param name of the resources, usually the service account's
 */
export function cloudIdentity(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions): CloudIdentity {
    switch (args.config.cloud) {
        case "gcp":
            return new WorkloadIdentity(name, args, opts);
        case "aws":
            return new PodIdentity(name, args, opts);
        case "existing":
            return { annotations: pulumi.output<Record<string, string>>({}), accountAnnotations: {}, granted: [] };
    }
}

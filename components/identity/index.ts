import * as pulumi from "@pulumi/pulumi";

import { PodIdentity } from "./aws/pod-identity";
import { WorkloadIdentity } from "./gcp/workload-identity";
import type { CloudIdentity, IdentityArgs } from "./types";

/**
 * Gives one Kubernetes ServiceAccount of one cluster an identity in the cloud, with exactly the permissions given, and
 * without a key that could be copied (SC-07, G4, E11). On somebody else's cluster there is no cloud to be anybody in.
 *
 * @param name of the resources; the service account's own is a good one
 */
export function cloudIdentity(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions): CloudIdentity {
    switch (args.config.cloud) {
        case "gcp":
            return new WorkloadIdentity(name, args, opts);
        case "aws":
            return new PodIdentity(name, args, opts);
        case "existing":
            return { annotations: pulumi.output<Record<string, string>>({}) };
    }
}

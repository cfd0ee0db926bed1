import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";

/** Arguments of {@link GcpAgents}. */
export interface GcpAgentsArgs {
    readonly config: Pick<CoreConfig, "account">;
}

/** Service agents of a project have the same name, with its number, in different domains (see docs/storage.md). */
function agentOf(email: string, domain: string): string {
    return `serviceAccount:${email.split("@")[0] ?? ""}@${domain}.iam.gserviceaccount.com`;
}

/** The project's service agents that use customer-managed keys on its behalf. */
export class GcpAgents extends pulumi.ComponentResource {
    /** Compute Engine's: disks and snapshots. */
    public readonly compute: pulumi.Output<string>;
    /** Cloud Storage's: objects. */
    public readonly storage: pulumi.Output<string>;

    constructor(name: string, args: GcpAgentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:GcpAgents", name, {}, opts);
        // A resource, which creates the agent if necessary, instead of a look-up of the project's number in the plan.
        const gke = new projects.ServiceIdentity(
            name,
            { project: args.config.account, service: "container.googleapis.com" },
            { parent: this },
        );
        this.compute = gke.email.apply((email) => agentOf(email, "compute-system"));
        this.storage = gke.email.apply((email) => agentOf(email, "gs-project-accounts"));
        this.registerOutputs({ compute: this.compute, storage: this.storage });
    }
}

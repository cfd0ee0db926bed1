import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";

/** What {@link GcpAgents} need to know. */
export interface GcpAgentsArgs {
    readonly config: Pick<CoreConfig, "account">;
}

/** All agents of a project carry its number and differ in their domain: one of them tells the others (see docs/storage.md). */
function agentOf(email: string, domain: string): string {
    return `serviceAccount:${email.split("@")[0] ?? ""}@${domain}.iam.gserviceaccount.com`;
}

/** The accounts that Google's own services work under in a project: the ones that use our keys for us. */
export class GcpAgents extends pulumi.ComponentResource {
    /** Makes disks and snapshots. */
    public readonly compute: pulumi.Output<string>;
    /** Reads and writes objects. */
    public readonly storage: pulumi.Output<string>;

    constructor(name: string, args: GcpAgentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:GcpAgents", name, {}, opts);
        // Said by a resource that makes the account if need be: no look-up of the project's number while planning.
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

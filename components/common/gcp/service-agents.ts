import * as projects from "@pulumi/gcp/projects";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import { after } from "../after";

/** Arguments of {@link GcpAgents}. */
export interface GcpAgentsArgs {
    readonly config: Pick<CoreConfig, "account">;
}

/** Compute Engine's agent has the name of GKE's, with the project's number, in a domain of its own. */
function computeAgent(email: string): string {
    return `serviceAccount:${email.split("@")[0] ?? ""}@compute-system.iam.gserviceaccount.com`;
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
        this.compute = gke.email.apply(computeAgent);
        // Google creates this agent when its address is first asked for, and rejects grants to it before. After the other
        // agent, so that a first preview and the plan ask nothing.
        // https://docs.cloud.google.com/storage/docs/projects#service-agents
        const account = storage.getProjectServiceAccountOutput(
            { project: args.config.account },
            { parent: this, dependsOn: [gke] },
        );
        this.storage = after(account.member, [gke]);
        this.registerOutputs({ compute: this.compute, storage: this.storage });
    }
}

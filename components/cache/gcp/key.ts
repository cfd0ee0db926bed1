import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import { GcpKey } from "../../common/gcp/key";
import type { LayerConfig } from "../layer-config";

/** The key of the instances' stored data, which Memorystore's own account of the project uses (D7, SC-06). */
export class MemorystoreKey extends pulumi.ComponentResource {
    /** Resolves when Memorystore may use it. */
    public readonly id: pulumi.Output<string>;

    constructor(name: string, args: { readonly config: LayerConfig }, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:MemorystoreKey", name, {}, opts);
        const { config } = args;
        // Creates the account if necessary and returns its name: no look-up of the project's number.
        const agent = new projects.ServiceIdentity(
            name,
            { project: config.account, service: "memorystore.googleapis.com" },
            { parent: this },
        );
        // It does not outlive the stack: the instances' backups do not either.
        this.id = new GcpKey(name, { config, location: config.region, user: agent.member }, { parent: this }).id;
        this.registerOutputs({ id: this.id });
    }
}

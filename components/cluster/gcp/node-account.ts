import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";

/** Arguments of {@link GkeNodeAccount}. */
export interface GkeNodeAccountArgs {
    readonly config: Pick<LayerConfig, "account" | "stack">;
}

/** Roles of nodes: write logs and metrics, pull images (G13). Pods have identities of their own. */
export const nodeRoles = {
    node: "roles/container.defaultNodeServiceAccount",
    images: "roles/artifactregistry.reader",
} as const;

/** The service account of all nodes, instead of the default one, which may edit the whole project (G12). */
export class GkeNodeAccount extends pulumi.ComponentResource {
    /** Resolves when the roles are granted. */
    public readonly email: pulumi.Output<string>;

    constructor(name: string, args: GkeNodeAccountArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeNodeAccount", name, {}, opts);
        const { account: project, stack } = args.config;
        const child = { parent: this };
        const account = new serviceaccount.Account(
            name,
            {
                project,
                accountId: `gke-nodes-${stack}`,
                displayName: `Nodes of the ${stack} cluster`,
            },
            child,
        );
        const grants = Object.entries(nodeRoles).map(
            ([key, role]) => new projects.IAMMember(`${name}-${key}`, { project, role, member: account.member }, child),
        );
        this.email = after(account.email, grants);
        this.registerOutputs({ email: this.email });
    }
}

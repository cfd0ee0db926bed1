import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import type { Cluster } from "../../cluster/types";
import { cloudIdentity } from "../../identity";
import type { Permissions } from "../../identity/types";
import type { LayerConfig } from "../layer-config";

/** Arguments of {@link MemorystoreUsers}. */
export interface MemorystoreUsersArgs {
    readonly config: LayerConfig;
    readonly cluster: Pick<Cluster, "name">;
    /** Callers of all instances; a workload may be among them more than once. */
    readonly callers: readonly StoreCaller[];
}

/**
 * To authenticate. The role cannot be granted on an instance: it admits to all of the project, where the instances' own
 * ACLs decide. https://docs.cloud.google.com/memorystore/docs/valkey/manage-iam-auth
 */
const connect: Permissions = {
    google: [{ key: "memorystore", role: "roles/memorystore.dbConnectionUser", on: { kind: "project" } }],
    amazon: [],
};

const googleAccount = "iam.gke.io/gcp-service-account";

/** The callers of the instances as Google service accounts, one a workload: its users by IAM (SC-05, SC-07). */
export class MemorystoreUsers extends pulumi.ComponentResource {
    /** Annotations of each workload's ServiceAccount. */
    public readonly annotations: Readonly<Record<string, pulumi.Output<Record<string, string>>>>;
    /** Names of the users: the accounts' e-mail addresses. */
    public readonly names: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: MemorystoreUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:MemorystoreUsers", name, {}, opts);
        const { config, cluster, callers } = args;
        const byWorkload = new Map(callers.map(({ workload, namespace }) => [workload, namespace]));
        const entries = [...byWorkload].map(([workload, namespace]) => {
            const { annotations } = cloudIdentity(
                `${name}-${workload}`,
                { config, cluster, namespace, serviceAccount: workload, permissions: connect },
                { parent: this },
            );
            return [workload, annotations] as const;
        });
        this.annotations = Object.fromEntries(entries);
        this.names = Object.fromEntries(
            entries.map(([workload, annotations]) => [workload, annotations.apply((all) => all[googleAccount] ?? "")]),
        );
        this.registerOutputs({ names: this.names });
    }
}

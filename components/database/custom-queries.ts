import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";

import { labels } from "../common/labels";
import { reloaded } from "./names";

/** Key of the queries in each ConfigMap. */
export const queriesKey = "queries";

/** Arguments of {@link CustomQueries}. */
export interface CustomQueriesArgs {
    readonly namespace: pulumi.Input<string>;
    /** Name of the ConfigMap. */
    readonly configMap: string;
    /** Queries by the first part of their metrics' names (https://cloudnative-pg.io/docs/1.30/monitoring#user-defined-metrics). */
    readonly queries: Readonly<Record<string, object>>;
}

/** Queries whose results are metrics of the servers (DB-11, DB-12). */
export class CustomQueries extends pulumi.ComponentResource {
    /** Name of the ConfigMap; resolves when it exists. */
    public readonly configMapName: pulumi.Output<string>;

    constructor(name: string, args: CustomQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:CustomQueries", name, {}, opts);
        const { namespace, configMap, queries } = args;
        const resource = new k8s.core.v1.ConfigMap(
            name,
            {
                // With `cnpg.io/reload`, the operator reads a change at once.
                metadata: { name: configMap, namespace, labels: { ...labels(configMap, "database"), ...reloaded } },
                data: { [queriesKey]: stringify(queries) },
            },
            { parent: this },
        );
        this.configMapName = resource.metadata.name;
        this.registerOutputs({ configMapName: this.configMapName });
    }
}

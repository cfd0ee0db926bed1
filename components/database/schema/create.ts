import type * as pulumi from "@pulumi/pulumi";

import { type SchemaJobArgs, SchemaJob } from "./job";
import { PartitionMaintenance } from "./maintenance";
import { ScheduledSql } from "./scheduled";

/** Arguments of {@link createSchema}. */
export type SchemaArgs = SchemaJobArgs & {
    /** Secret of the role of the maintenance. */
    readonly maintenance: pulumi.Input<string>;
};

/** Creates the schema and what keeps it; returns what services wait for. A replica has its primary's (CL-18). */
export function createSchema(
    name: string,
    { maintenance, ...args }: SchemaArgs,
    opts: pulumi.ComponentResourceOptions,
): readonly pulumi.Resource[] {
    if (args.config.replicaOf !== undefined) {
        return [];
    }
    const { resource } = new SchemaJob(name, args, opts);
    const more = { ...args, credentials: maintenance, needs: [resource] };
    new PartitionMaintenance(`${name}-maintenance`, more, opts);
    new ScheduledSql(`${name}-scheduled`, more, opts);
    return [resource];
}

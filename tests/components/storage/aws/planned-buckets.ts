import * as pulumi from "@pulumi/pulumi";

import { createStorage } from "../../../../components/storage";
import type { PlannedResource } from "../../../../tools/plan";
import { configOf, planned } from "../../layers";

/** Pulumi type of an S3 resource. */
export const s3 = (kind: string) => `aws:s3/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

/** A statement of a policy. */
export interface Statement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Principal?: unknown;
    readonly Condition?: unknown;
}

/** The statements of a policy document. */
export function statements(text: unknown): readonly Statement[] {
    return (JSON.parse(text as string) as { Statement: readonly Statement[] }).Statement;
}

/** A provider of the disaster-recovery region, as the program creates one. */
export class OtherRegion extends pulumi.ProviderResource {
    constructor(region: string) {
        super("aws", "dr", { region });
    }
}

/** Storage of prod on AWS, with the copy in the disaster-recovery region. */
export async function prodOnAws(): Promise<readonly PlannedResource[]> {
    const config = configOf("aws", "prod");
    return planned(() => {
        const drProvider = new OtherRegion(config.drRegion);
        createStorage("storage", { config, drProvider });
    });
}

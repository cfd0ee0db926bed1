import * as binaryauthorization from "@pulumi/gcp/binaryauthorization";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";

/** What a {@link GkeAdmission} is made from. */
export interface GkeAdmissionArgs {
    readonly config: Pick<LayerConfig, "account" | "stack" | "images">;
    /** Full names, without tags, of the images that may run. */
    readonly repositories: readonly string[];
}

/**
 * What lets an image of a repository through, by tag or by digest. A star stands for anything but a slash, so that
 * neither pattern lets a neighbour in whose name begins alike.
 */
function patternsOf(repository: string): string[] {
    return [`${repository}:*`, `${repository}@*`];
}

/** Patterns for the repositories; one for all of a mirror, which holds what somebody has looked at. */
export function admittedPatterns(repositories: readonly string[], mirror: string | undefined): string[] {
    if (mirror === undefined) {
        return repositories.flatMap(patternsOf);
    }
    const elsewhere = repositories.filter((repository) => !repository.startsWith(`${mirror}/`));
    // Two stars stand for folders too: the mirror keeps each image under its full name.
    return [`${mirror}/**`, ...elsewhere.flatMap(patternsOf)];
}

/** The project's Binary Authorization policy: images of listed repositories start, all others are refused (G9). */
export class GkeAdmission extends pulumi.ComponentResource {
    /** Id of the policy; a project has one. */
    public readonly policyId: pulumi.Output<string>;

    constructor(name: string, args: GkeAdmissionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeAdmission", name, {}, opts);
        const { account: project, stack, images } = args.config;
        const policy = new binaryauthorization.Policy(
            name,
            {
                project,
                description: `Images of the stack ${stack}; written by its Pulumi program`,
                // What GKE itself runs: Google keeps that list, which changes with every version.
                globalPolicyEvaluationMode: "ENABLE",
                // A new project's policy lets everything through. Refused pods leave a record in the audit log.
                defaultAdmissionRule: {
                    evaluationMode: "ALWAYS_DENY",
                    enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG",
                },
                admissionWhitelistPatterns: admittedPatterns(args.repositories, images.mirror).map((namePattern) => ({
                    namePattern,
                })),
            },
            { parent: this },
        );
        this.policyId = policy.id;
        this.registerOutputs({ policyId: this.policyId });
    }
}

import * as binaryauthorization from "@pulumi/gcp/binaryauthorization";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";

/** Arguments of {@link GkeAdmission}. */
export interface GkeAdmissionArgs {
    readonly config: Pick<LayerConfig, "account" | "stack" | "images">;
    /** Full names, without tags, of the admitted images. */
    readonly repositories: readonly string[];
}

/**
 * Patterns that match an image of a repository by tag or digest. `*` matches everything but a slash, so repositories with
 * the same prefix do not match.
 */
function patternsOf(repository: string): string[] {
    return [`${repository}:*`, `${repository}@*`];
}

/** Patterns for the repositories; one for the whole mirror, whose contents are reviewed. */
export function admittedPatterns(repositories: readonly string[], mirror: string | undefined): string[] {
    if (mirror === undefined) {
        return repositories.flatMap(patternsOf);
    }
    const elsewhere = repositories.filter((repository) => !repository.startsWith(`${mirror}/`));
    // `**` matches slashes too: the mirror keeps each image under its full name.
    return [`${mirror}/**`, ...elsewhere.flatMap(patternsOf)];
}

/** The project's Binary Authorization policy: admits images of listed repositories and denies all others (G9). */
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
                // Admits GKE's system images; Google maintains that list, which changes with every version.
                globalPolicyEvaluationMode: "ENABLE",
                // The default policy of a project admits all images. Denied pods are recorded in the audit log.
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

import { checkOptional, finding } from "../../lib/checks";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf, text, type Leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const exact = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** A chart reference that needs no repository: OCI registry, folder or archive. */
const hasLocation = /^(oci:\/\/|\.{0,2}\/)/;

function required(at: Leaf, allowed: (value: unknown) => boolean, problem: string): Finding[] {
    return at.state === "absent" ? [finding(at, problem)] : checkOptional(at, allowed, problem);
}

function source(release: ObjectView): Finding[] {
    const chart = leaf(release, "chart");
    const name = text(chart);
    if (name !== undefined && hasLocation.test(name)) {
        return [];
    }
    if (name === undefined) {
        return required(chart, () => false, "is missing, so the installed chart is unknown");
    }
    return required(
        leaf(release, "repositoryOpts", "repo"),
        (repo) => typeof repo === "string" && repo.startsWith("https://"),
        "is not an https:// repository, so the chart depends on the local Helm configuration",
    );
}

/**
 * The objects of a release are not visible to the pack. It checks that installs are reproducible: an exact version from a
 * known source, atomic, with values that are in the plan.
 */
export function checkRelease(release: ObjectView): Finding[] {
    const isExact = (version: unknown): boolean => typeof version === "string" && exact.test(version);
    return [
        ...required(
            leaf(release, "version"),
            isExact,
            "is not an exact version, so the next update may install another one",
        ),
        ...source(release),
        ...required(leaf(release, "atomic"), (on) => on === true, "is not true, so a failed update is not rolled back"),
        ...checkOptional(
            leaf(release, "valueYamlFiles"),
            (files) => Array.isArray(files) && files.length === 0,
            "contains values that are not in the plan",
        ),
        ...checkOptional(
            leaf(release, "createNamespace"),
            (create) => create === false,
            "creates a namespace without Pod Security labels, quota and network policy",
        ),
    ];
}

export const pinHelmReleases = objectRule({
    name: "pin-helm-releases",
    description: "Helm releases must have an exact version, a known source, values in the plan, and be atomic.",
    severity: "high",
    area: "helm",
    reference: "PO-01",
    kinds: ["helm.sh/Release"],
    remediationSteps:
        "Set `version` to an exact version, `repositoryOpts.repo` to an https:// repository (or `chart` to an oci:// address or " +
        "a path), `atomic: true`, and give `values` instead of files.",
    url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    check: checkRelease,
});

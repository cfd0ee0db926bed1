import { finding, judge } from "../../lib/judge";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf, text, type Leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const exact = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Names its own place: an OCI registry, a folder or an archive. Any other chart is looked for in a repository. */
const placed = /^(oci:\/\/|\.{0,2}\/)/;

function must(at: Leaf, allowed: (value: unknown) => boolean, problem: string): Finding[] {
    return at.state === "absent" ? [finding(at, problem)] : judge(at, allowed, problem);
}

function source(release: ObjectView): Finding[] {
    const chart = leaf(release, "chart");
    const name = text(chart);
    if (name !== undefined && placed.test(name)) {
        return [];
    }
    if (name === undefined) {
        return must(chart, () => false, "is missing, so nobody knows what is installed");
    }
    return must(
        leaf(release, "repositoryOpts", "repo"),
        (repo) => typeof repo === "string" && repo.startsWith("https://"),
        "is no https:// repository, so the chart is whatever the machine's own Helm knows by that name",
    );
}

/**
 * A release shows none of the objects that it makes. What can be judged is that it makes the same ones each time: one
 * version from one place, all or nothing, by values that are in the plan.
 */
export function checkRelease(release: ObjectView): Finding[] {
    const isExact = (version: unknown): boolean => typeof version === "string" && exact.test(version);
    return [
        ...must(leaf(release, "version"), isExact, "is no exact version, so the next update may install another one"),
        ...source(release),
        ...must(leaf(release, "atomic"), (on) => on === true, "is not true, so a failed update stays half done"),
        ...judge(
            leaf(release, "valueYamlFiles"),
            (files) => Array.isArray(files) && files.length === 0,
            "holds values that the plan does not show",
        ),
        ...judge(
            leaf(release, "createNamespace"),
            (create) => create === false,
            "makes a namespace without Pod Security labels, quota and network policy",
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
        "Set `version` to one version, `repositoryOpts.repo` to an https:// repository (or `chart` to an oci:// address or " +
        "a path), `atomic: true`, and give `values` instead of files.",
    url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    check: checkRelease,
});

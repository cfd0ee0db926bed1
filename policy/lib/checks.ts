import type { ContainerView, PodView } from "./pod";
import { leaf, type Leaf } from "./read";
import type { Finding } from "./types";

/** A finding about a field of a pod or of one container; for an unknown field, that it cannot be checked. */
export function finding(at: Leaf, problem: string, container?: ContainerView): Finding {
    const subject = container === undefined ? {} : { subject: container.subject };
    return at.state === "unknown"
        ? {
              path: at.path,
              ...subject,
              problem: "is not known before the update and cannot be checked: use a plain value",
              unknown: true,
          }
        : { path: at.path, ...subject, problem };
}

/** Checks an optional field: a finding if it is unknown, or set to a value that is not `allowed`. */
export function checkOptional(
    at: Leaf,
    allowed: (value: unknown) => boolean,
    problem: string,
    container?: ContainerView,
): Finding[] {
    return at.state === "absent" || (at.state === "known" && allowed(at.value))
        ? []
        : [finding(at, problem, container)];
}

/** Checks a required field. It may be absent in a patch and in a pod that an operator completes. */
export function checkRequired(
    pod: Pick<PodView, "partial">,
    at: Leaf,
    allowed: (value: unknown) => boolean,
    problem: string,
    container?: ContainerView,
): Finding[] {
    return at.state === "absent" && !pod.partial
        ? [finding(at, problem, container)]
        : checkOptional(at, allowed, problem, container);
}

/** Checks the same field of the pod's and of every container's security context. */
export function checkPodAndContainers(
    pod: PodView,
    keys: readonly string[],
    allowed: (value: unknown) => boolean,
    problem: string,
): Finding[] {
    return [
        ...checkOptional(leaf(pod.spec, "securityContext", ...keys), allowed, problem),
        ...pod.containers.flatMap((container) =>
            checkOptional(leaf(container, "securityContext", ...keys), allowed, problem, container),
        ),
    ];
}

/** Runs a check on every container, including init and ephemeral containers. */
export function eachContainer(pod: PodView, check: (container: ContainerView) => Finding[]): Finding[] {
    return pod.containers.flatMap(check);
}

/** True for exactly the given values; case-sensitive. */
export function oneOf(...values: readonly unknown[]): (value: unknown) => boolean {
    return (value) => values.includes(value);
}

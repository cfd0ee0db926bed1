import type { ContainerView, PodView } from "./pod";
import { leaf, type Leaf } from "./read";
import type { Finding } from "./types";

/** Makes a finding, or the finding that a field cannot be judged yet, about a field of a pod or of one container. */
export function finding(at: Leaf, problem: string, container?: ContainerView): Finding {
    const subject = container === undefined ? {} : { subject: container.subject };
    return at.state === "unknown"
        ? {
              path: at.path,
              ...subject,
              problem: "is not known before the update and cannot be judged: write it as a plain value",
              unknown: true,
          }
        : { path: at.path, ...subject, problem };
}

/** Judges a field that may be left out: a finding when it is unknown, or set to what `allowed` refuses. */
export function judge(
    at: Leaf,
    allowed: (value: unknown) => boolean,
    problem: string,
    container?: ContainerView,
): Finding[] {
    return at.state === "absent" || (at.state === "known" && allowed(at.value))
        ? []
        : [finding(at, problem, container)];
}

/** Judges a field that must be set. A patch, or what an operator completes, may leave it out. */
export function demand(
    pod: Pick<PodView, "partial">,
    at: Leaf,
    allowed: (value: unknown) => boolean,
    problem: string,
    container?: ContainerView,
): Finding[] {
    return at.state === "absent" && !pod.partial
        ? [finding(at, problem, container)]
        : judge(at, allowed, problem, container);
}

/** Judges the same field of the pod's and of every container's security context. */
export function judgeBoth(
    pod: PodView,
    keys: readonly string[],
    allowed: (value: unknown) => boolean,
    problem: string,
): Finding[] {
    return [
        ...judge(leaf(pod.spec, "securityContext", ...keys), allowed, problem),
        ...pod.containers.flatMap((container) =>
            judge(leaf(container, "securityContext", ...keys), allowed, problem, container),
        ),
    ];
}

/** Runs a check on every container: init, main and ephemeral alike. */
export function eachContainer(pod: PodView, check: (container: ContainerView) => Finding[]): Finding[] {
    return pod.containers.flatMap(check);
}

/** True for exactly the given values; strings are compared with their case. */
export function oneOf(...values: readonly unknown[]): (value: unknown) => boolean {
    return (value) => values.includes(value);
}

import { namespaces } from "../../../catalog/types";
import { poolTaints } from "../../common/pools";
import type { Declared, PodGroup } from "../../layer";
import { namesOfContainers } from "./containers";
import type { AdmissionRule, Requests } from "./rule";

/** Pods when they are created, and later changes of what can be changed: images, tolerations, containers for debugging. */
export const podRequests: readonly Requests[] = [
    {
        apiGroup: "",
        apiVersion: "v1",
        resources: ["pods", "pods/ephemeralcontainers"],
        operations: ["CREATE", "UPDATE"],
    },
];

/** A controller removes its finalizer from a pod that was admitted before the rule existed. */
export const newOrChanged = {
    name: "new-or-changed",
    expression: "request.operation == 'CREATE' || object.spec != oldObject.spec",
};

/** The containers that may have a writable root filesystem, of pods with the labels that a layer declares. */
function writableRoots(pods: readonly PodGroup[]): string {
    return pods
        .flatMap(({ namespace, labels, writableRoot = [] }) => {
            const own = Object.entries(labels).map(
                ([key, value]) => `object.metadata.?labels[?'${key}'].orValue('') == '${value}'`,
            );
            const names = writableRoot.map((name) => `'${name}'`).join(", ");
            const condition = [`request.namespace == '${namespace}'`, ...own].join(" && ");
            return names === "" ? [] : [`(${condition} ? [${names}] : [])`];
        })
        .join(" + ");
}

/**
 * Pod Security `restricted` does not require it, so that the API server admits a container that can replace its own files
 * (SC-01, SC-02). Containers that a layer declares are left out.
 */
export function readOnlyRoot({ pods }: Pick<Declared, "pods">): AdmissionRule {
    const declared = writableRoots(pods);
    const writable = "!c.?securityContext.?readOnlyRootFilesystem.orValue(false)";
    return {
        name: "read-only-root-filesystem",
        namespaces,
        requests: podRequests,
        condition: newOrChanged,
        variables:
            declared === ""
                ? { writable: namesOfContainers(writable) }
                : { declared, writable: namesOfContainers(`${writable} && !(c.name in variables.declared)`) },
        validations: [
            {
                expression: "size(variables.writable) == 0",
                refusal: {
                    messageExpression:
                        "'the root filesystem is writable in: ' + variables.writable.join(', ') + " +
                        "'; set securityContext.readOnlyRootFilesystem to true and mount an emptyDir for files that they write'",
                },
            },
        ],
    };
}

/**
 * The scheduler places every pod: with `nodeName`, a pod runs on any node in spite of its taints, those of payment's nodes
 * included (CL-07).
 */
export const scheduledPods: AdmissionRule = {
    name: "pods-by-scheduler",
    namespaces,
    requests: podRequests.map((requests) => ({ ...requests, resources: ["pods"], operations: ["CREATE"] })),
    validations: [
        {
            expression: "object.spec.?nodeName.orValue('') == ''",
            refusal: {
                messageExpression:
                    "'spec.nodeName is ' + object.spec.nodeName + '; remove it, the scheduler selects the node'",
            },
        },
    ],
};

const { key, value } = poolTaints.payment ?? { key: "", value: "" };

/**
 * Only payment's pods run on payment's nodes, which are in the scope of PCI DSS (CL-07, SC-14). A toleration without a key
 * tolerates every taint.
 */
export const paymentNodes: AdmissionRule = {
    name: "payment-nodes",
    namespaces: namespaces.filter((namespace) => namespace !== "payment"),
    requests: podRequests.map((requests) => ({ ...requests, resources: ["pods"] })),
    condition: newOrChanged,
    validations: [
        {
            expression: `object.spec.?tolerations.orValue([]).all(t, !(t.?key.orValue('') in ['', '${key}']))`,
            refusal: {
                message: `only pods of namespace payment may run on the nodes with taint ${key}=${value}; remove the toleration, or give it the key of another taint`,
            },
        },
    ],
};

/** Payment's pods run on payment's nodes and on no others: the scope of PCI DSS does not grow by a forgotten field (CL-07, SC-14). */
export const paymentPods: AdmissionRule = {
    name: "payment-pods",
    namespaces: ["payment"],
    requests: podRequests.map((requests) => ({ ...requests, resources: ["pods"], operations: ["CREATE"] })),
    variables: {
        // Terms are alternatives, so each has to select the nodes.
        terms: "object.spec.?affinity.?nodeAffinity.?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms.orValue([])",
    },
    validations: [
        {
            expression:
                "size(variables.terms) > 0 && variables.terms.all(term, term.?matchExpressions.orValue([]).exists(e, " +
                `e.key == '${key}' && e.operator == 'In' && e.?values.orValue([]) == ['${value}']))`,
            refusal: {
                message: `a pod of namespace payment must run on payment's nodes; require ${key} In [${value}] in every term of its node affinity`,
            },
        },
    ],
};

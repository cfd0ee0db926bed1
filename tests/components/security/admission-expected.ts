import type { Shipped } from "../shipped";

/** The platform's namespaces. */
export const all = [
    "frontend",
    "services",
    "payment",
    "data",
    "cache",
    "messaging",
    "ingress",
    "monitoring",
    "security",
    "argocd",
];
const without = (name: string) => all.filter((namespace) => namespace !== name);

/** The namespaces of each policy, where a stack has it. */
export const bound: Readonly<Record<string, readonly string[]>> = {
    "read-only-root-filesystem": all,
    "admitted-images": all,
    "images-by-digest": all,
    "pods-by-scheduler": all,
    "payment-nodes": without("payment"),
    "payment-pods": ["payment"],
    "no-debugging-of-payment": ["payment"],
    "internal-services": without("ingress"),
    "no-external-ips": all,
    "vertical-autoscalers-recommend": ["frontend", "ingress", "payment", "services"],
};

/** An expression over the containers of all three kinds. */
export const containers = (value: string) =>
    ["containers", "?initContainers.orValue([])", "?ephemeralContainers.orValue([])"]
        .map((list) => `object.spec.${list}.${value}`)
        .join(" + ");

const writable = "!c.?securityContext.?readOnlyRootFilesystem.orValue(false)";
/** The images outside the repositories in a variable. */
export const outside = (list: string) =>
    `variables.images.filter(i, !variables.${list}.exists(r, i == r || i.startsWith(r + ':') || i.startsWith(r + '@')))`;

const pods = (operations: readonly string[], ...more: readonly string[]) => [
    { apiGroups: [""], apiVersions: ["v1"], resources: ["pods", ...more], operations },
];
const changes = ["CREATE", "UPDATE"];
const changed = {
    matchConditions: [
        {
            name: "new-or-changed",
            expression: "request.operation == 'CREATE' || object.spec != oldObject.spec",
        },
    ],
};
const services = [{ apiGroups: [""], apiVersions: ["v1"], resources: ["services"], operations: changes }];

/** The requests that each policy judges, and the conditions; the messages are read by the suite with the API server. */
export const judged: Readonly<Record<string, object>> = {
    "read-only-root-filesystem": {
        requests: pods(changes, "pods/ephemeralcontainers"),
        ...changed,
        variables: { writable: containers(`filter(c, ${writable}).map(c, c.name)`) },
        expression: "size(variables.writable) == 0",
    },
    "pods-by-scheduler": { requests: pods(["CREATE"]), expression: "object.spec.?nodeName.orValue('') == ''" },
    "payment-nodes": {
        requests: pods(changes),
        ...changed,
        expression: "object.spec.?tolerations.orValue([]).all(t, !(t.?key.orValue('') in ['', 'pci']))",
    },
    "payment-pods": {
        requests: pods(["CREATE"]),
        variables: {
            terms: "object.spec.?affinity.?nodeAffinity.?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms.orValue([])",
        },
        expression:
            "size(variables.terms) > 0 && variables.terms.all(term, term.?matchExpressions.orValue([]).exists(e, e.key == 'pci' && e.operator == 'In' && e.?values.orValue([]) == ['true']))",
    },
    "no-debugging-of-payment": {
        requests: [
            {
                apiGroups: [""],
                apiVersions: ["v1"],
                resources: ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy"],
                operations: ["CONNECT"],
            },
            { apiGroups: [""], apiVersions: ["v1"], resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
        ],
        expression: "false",
    },
    "internal-services": {
        requests: services,
        expression: "object.spec.?type.orValue('ClusterIP') == 'ClusterIP'",
    },
    "no-external-ips": { requests: services, expression: "size(object.spec.?externalIPs.orValue([])) == 0" },
    "vertical-autoscalers-recommend": {
        requests: [
            {
                apiGroups: ["autoscaling.k8s.io"],
                apiVersions: ["v1"],
                resources: ["verticalpodautoscalers"],
                operations: changes,
            },
        ],
        expression: "object.spec.?updatePolicy.?updateMode.orValue('Recreate') == 'Off'",
    },
};

/** The policies of a shipped stack, sorted. */
export function policiesOf({ laptop, tier }: Pick<Shipped, "laptop" | "tier">): string[] {
    return Object.keys(bound)
        .filter((name) => name !== "payment-pods" || !laptop)
        .filter((name) => name !== "vertical-autoscalers-recommend" || tier !== "dev")
        .sort();
}

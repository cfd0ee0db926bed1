import * as ipaddr from "ipaddr.js";

type Labels = Readonly<Record<string, string>>;

interface Selector {
    readonly matchLabels?: Labels;
    readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[];
    }[];
}

interface Peer {
    readonly podSelector?: Selector;
    readonly namespaceSelector?: Selector;
    readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Rule {
    readonly from?: readonly Peer[];
    readonly to?: readonly Peer[];
    readonly ports?: readonly {
        readonly port?: number | string;
        readonly endPort?: number;
        readonly protocol?: string;
    }[];
}

/** The fields of a networking.k8s.io/v1 NetworkPolicy that decide on a connection. */
export interface NetworkPolicy {
    readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Record<string, string> };
    readonly spec: {
        readonly podSelector?: Selector;
        readonly policyTypes?: readonly string[];
        readonly ingress?: readonly Rule[];
        readonly egress?: readonly Rule[];
    };
}

/** Source or destination of a connection: a pod, or an address outside the cluster. */
export interface Endpoint {
    readonly name: string;
    readonly address: string;
    /** Absent for an address outside the cluster. */
    readonly pod?: { readonly namespace: string; readonly labels: Labels };
}

function selects(selector: Selector | undefined, labels: Labels): boolean {
    const byLabels = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
    return (
        byLabels &&
        (selector?.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
            const value = labels[key];
            switch (operator) {
                case "In":
                    return value !== undefined && values.includes(value);
                case "NotIn":
                    return value === undefined || !values.includes(value);
                case "Exists":
                    return value !== undefined;
                case "DoesNotExist":
                    return value === undefined;
                default:
                    throw new Error(`unknown operator ${operator}`);
            }
        })
    );
}

function inCidr(address: string, cidr: string): boolean {
    return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr));
}

function matchesPeer(peer: Peer, policyNamespace: string, other: Endpoint): boolean {
    if (peer.ipBlock !== undefined) {
        const { cidr, except = [] } = peer.ipBlock;
        return inCidr(other.address, cidr) && !except.some((range) => inCidr(other.address, range));
    }
    if (other.pod === undefined) {
        return false;
    }
    const { namespace, labels } = other.pod;
    const inNamespace =
        peer.namespaceSelector === undefined
            ? namespace === policyNamespace
            : selects(peer.namespaceSelector, { "kubernetes.io/metadata.name": namespace });
    return inNamespace && selects(peer.podSelector, labels);
}

/** The ports of a rule, such as `TCP/8080`, `TCP/8000-8010`, `UDP/all`, or `all`. */
function portsOf({ ports }: Rule): string[] {
    if (ports === undefined || ports.length === 0) {
        return ["all"];
    }
    return ports.map(({ port, endPort, protocol = "TCP" }) => {
        if (typeof port === "string") {
            throw new Error(`port ${port} by name: only numbers are supported`);
        }
        const range = endPort === undefined || endPort === port ? "" : `-${endPort}`;
        return `${protocol}/${port ?? "all"}${range}`;
    });
}

/** The policies that select a pod, by direction: what {@link allowedPorts} reads. */
export function policiesOf(
    policies: readonly NetworkPolicy[],
    { pod }: Endpoint,
    direction: "Ingress" | "Egress",
): readonly NetworkPolicy[] {
    return policies.filter(
        ({ metadata, spec }) =>
            pod !== undefined &&
            metadata.namespace === pod.namespace &&
            (spec.policyTypes ?? ["Ingress"]).includes(direction) &&
            selects(spec.podSelector, pod.labels),
    );
}

/**
 * All ports on which the policies allow a pod's traffic with another endpoint, of the whole range and of every protocol:
 * the union of the matching rules' ports, sorted. `all` where no policy selects the pod, and for a rule without ports.
 *
 * @param selecting the policies that select `self` in this direction
 */
export function allowedPorts(
    selecting: readonly NetworkPolicy[],
    direction: "Ingress" | "Egress",
    other: Endpoint,
): string[] {
    if (selecting.length === 0) {
        return ["all"];
    }
    const ports = selecting.flatMap(({ metadata, spec }) =>
        ((direction === "Ingress" ? spec.ingress : spec.egress) ?? []).flatMap((rule) => {
            const peers = direction === "Ingress" ? rule.from : rule.to;
            const everyone = peers === undefined || peers.length === 0;
            return everyone || peers.some((peer) => matchesPeer(peer, metadata.namespace, other)) ? portsOf(rule) : [];
        }),
    );
    return [...new Set(ports)].sort();
}

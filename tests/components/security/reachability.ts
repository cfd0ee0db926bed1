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

function allowsPort(rule: Rule, port: number, protocol: string): boolean {
    if (rule.ports === undefined || rule.ports.length === 0) {
        return true;
    }
    return rule.ports.some((entry) => {
        if ((entry.protocol ?? "TCP") !== protocol) {
            return false;
        }
        if (typeof entry.port === "string") {
            throw new Error(`port ${entry.port} by name: only numbers are supported`);
        }
        return entry.port === undefined || (port >= entry.port && port <= (entry.endPort ?? entry.port));
    });
}

/** Whether the policies allow traffic of `self` in a direction: no policy selects it, or one rule matches. */
function allows(
    policies: readonly NetworkPolicy[],
    direction: "Ingress" | "Egress",
    self: Endpoint,
    other: Endpoint,
    port: number,
    protocol: string,
): boolean {
    const pod = self.pod;
    if (pod === undefined) {
        return true;
    }
    const selecting = policies.filter(
        ({ metadata, spec }) =>
            metadata.namespace === pod.namespace &&
            (spec.policyTypes ?? ["Ingress"]).includes(direction) &&
            selects(spec.podSelector, pod.labels),
    );
    return (
        selecting.length === 0 ||
        selecting.some(({ metadata, spec }) =>
            (direction === "Ingress" ? spec.ingress : spec.egress)?.some((rule) => {
                const peers = direction === "Ingress" ? rule.from : rule.to;
                const peerAllowed =
                    peers === undefined ||
                    peers.length === 0 ||
                    peers.some((peer) => matchesPeer(peer, metadata.namespace, other));
                return peerAllowed && allowsPort(rule, port, protocol);
            }),
        )
    );
}

/** Whether the policies allow a connection at its source (egress) and at its destination (ingress). */
export function reach(
    policies: readonly NetworkPolicy[],
    from: Endpoint,
    to: Endpoint,
    port: number,
    protocol: "TCP" | "UDP" = "TCP",
): { readonly egress: boolean; readonly ingress: boolean } {
    return {
        egress: allows(policies, "Egress", from, to, port, protocol),
        ingress: allows(policies, "Ingress", to, from, port, protocol),
    };
}

import type { Cloud } from "../../../config/schema";
import type { Shipped } from "../shipped";
import type { Controller } from "./connections";

/** What an address is; a pod outside kube-system is of kind `pod`. */
export type Kind =
    | "public"
    | "private"
    | "link-local"
    | "node"
    | "control-plane"
    | "api-service"
    | "gcp-metadata"
    | "aws-credentials"
    | "pod"
    | "system-pod";

/** First and last addresses outside the private ranges, and one that is far from them. */
const publicAddresses = [
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "203.0.113.9",
];

/** First and last addresses of the private ranges. */
const privateAddresses = [
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.168.0.0",
    "192.168.255.255",
];

interface Ranges {
    /** First and last address of the nodes. */
    readonly node: readonly string[];
    readonly "control-plane": readonly string[];
    readonly "api-service": readonly string[];
    /** The addresses beside those. */
    readonly beside: readonly string[];
}

/** Ranges of the primary and of the replica on each cloud; an existing cluster has none. */
const ranges: Readonly<Record<Cloud, { readonly primary: Ranges; readonly replica?: Ranges }>> = {
    gcp: {
        primary: {
            node: ["10.40.0.0", "10.40.15.255"],
            "control-plane": ["172.31.240.0", "172.31.240.15"],
            "api-service": ["10.48.0.1"],
            beside: ["10.39.255.255", "10.40.16.0", "172.31.239.255", "172.31.240.16", "10.48.0.0", "10.48.0.2"],
        },
        replica: {
            node: ["10.52.0.0", "10.52.255.255"],
            "control-plane": ["172.31.241.0", "172.31.241.15"],
            "api-service": ["10.60.0.1"],
            beside: ["10.51.255.255", "10.53.0.0", "172.31.240.255", "172.31.241.16", "10.60.0.0", "10.60.0.2"],
        },
    },
    aws: {
        primary: {
            node: ["10.40.0.0", "10.40.255.255"],
            "control-plane": [],
            "api-service": ["172.20.0.1"],
            beside: ["10.39.255.255", "10.41.0.0", "172.20.0.0", "172.20.0.2"],
        },
        replica: {
            node: ["10.52.0.0", "10.52.255.255"],
            "control-plane": [],
            "api-service": ["10.60.0.1"],
            beside: ["10.51.255.255", "10.53.0.0", "10.60.0.0", "10.60.0.2"],
        },
    },
    existing: { primary: { node: [], "control-plane": [], "api-service": [], beside: [] } },
};

/** Addresses outside the cluster, by kind. */
export function addressesOf({ cloud, replica }: Shipped): readonly (readonly [address: string, kind: Kind])[] {
    const { primary, replica: second = primary } = ranges[cloud];
    const { beside, ...own } = replica ? second : primary;
    const all: Readonly<Partial<Record<Kind, readonly string[]>>> = {
        public: publicAddresses,
        private: [...privateAddresses, ...beside],
        "link-local": ["169.254.0.0", "169.254.169.253", "169.254.170.22", "169.254.255.255"],
        "gcp-metadata": ["169.254.169.254"],
        "aws-credentials": ["169.254.170.23"],
        ...own,
    };
    return Object.entries(all).flatMap(([kind, list]) => list.map((address) => [address, kind as Kind] as const));
}

type Ports = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** All kinds but the link-local ones. */
const anywhere = (...ports: readonly string[]): Ports => ({
    public: ports,
    private: ports,
    pod: ports,
    "system-pod": ports,
});

/** Destinations of controllers by cloud, as ports by kind of address (NW-05). */
export const destinations: Readonly<Record<Cloud, Readonly<Record<Controller["calls"][number], Ports>>>> = {
    gcp: {
        "api-server": { "control-plane": ["TCP/443"], "api-service": ["TCP/443"] },
        cloud: { public: ["TCP/443"], "gcp-metadata": ["TCP/80"] },
        kubelets: { node: ["TCP/10250"] },
    },
    aws: {
        "api-server": { node: ["TCP/443"], "api-service": ["TCP/443"] },
        cloud: { public: ["TCP/443"], node: ["TCP/443"], "aws-credentials": ["TCP/80"] },
        kubelets: { node: ["TCP/10250"] },
    },
    existing: {
        "api-server": anywhere("TCP/443", "TCP/6443", "TCP/8443"),
        cloud: { public: ["TCP/443"] },
        kubelets: anywhere("TCP/10250"),
    },
};

/** Sources of the API server's calls to webhooks by cloud; undefined: every address. */
export const webhookCallers: Readonly<Record<Cloud, readonly Kind[] | undefined>> = {
    gcp: ["system-pod", "control-plane", "node"],
    aws: ["node"],
    existing: undefined,
};

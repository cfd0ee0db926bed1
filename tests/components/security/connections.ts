import { cacheMembers } from "../cache/expected";
import { databaseMembers } from "../database/expected";
import { messagingMembers } from "../messaging/members";
import { searchMembers } from "../search/expected";
import { jobMembers } from "../services/jobs/expected";
import { serviceNames, type ServiceName } from "../services/shop";
import type { Members, MemberStack } from "./members";

export type Port = `${"TCP" | "UDP"}/${number}`;

const mesh = "TCP/8080";

/** Calls of each service: pods, and public addresses, with the port of each (NW-06, NW-09). */
export const calls: Readonly<Record<ServiceName, Readonly<Record<string, Port>>>> = {
    frontend: { gateway: mesh },
    gateway: { frontend: mesh, admin: mesh, user: mesh, product: mesh, order: mesh, inventory: mesh },
    admin: { gateway: mesh },
    user: { "postgres-rw": "TCP/5432", "postgres-ro": "TCP/5432", "valkey-state": "TCP/6379", kafka: "TCP/9093" },
    product: {
        "postgres-rw": "TCP/5432",
        "postgres-ro": "TCP/5432",
        elasticsearch: "TCP/9200",
        "valkey-cache": "TCP/6379",
        memcached: "TCP/11211",
        kafka: "TCP/9093",
    },
    order: {
        user: mesh,
        product: mesh,
        inventory: mesh,
        payment: mesh,
        "postgres-rw": "TCP/5432",
        "postgres-ro": "TCP/5432",
        "valkey-state": "TCP/6379",
        kafka: "TCP/9093",
    },
    payment: { "postgres-rw": "TCP/5432", kafka: "TCP/9093", public: "TCP/443" },
    inventory: { "postgres-rw": "TCP/5432", "postgres-ro": "TCP/5432", kafka: "TCP/9093" },
    notification: { kafka: "TCP/9093", public: "TCP/443" },
};

/** The calls between services: what both ends allow. */
export const edges: readonly string[] = serviceNames
    .flatMap((from) => serviceNames.filter((to) => to in calls[from]).map((to) => `${from} -> ${to}: ${mesh}`))
    .sort();

/** The group of pods that each store's callers connect to. */
export const stores: Readonly<Record<string, string>> = {
    "postgres-rw": "postgres-pooler-rw",
    "postgres-ro": "postgres-pooler-ro",
    "valkey-state": "valkey-state",
    "valkey-cache": "valkey-cache",
    memcached: "memcached",
    kafka: "shop-broker",
    elasticsearch: "search-es",
};

/** The groups of pods of the stores' layers, and the jobs that call them. */
export function membersOf(stack: MemberStack): Members {
    return {
        ...databaseMembers(stack),
        ...searchMembers(stack),
        ...cacheMembers(stack.cloud !== "existing" && stack.replica !== true),
        ...messagingMembers(stack),
        ...jobMembers(stack),
    };
}

/** A controller's pods: ports that the API server and Prometheus call, and what they call besides DNS. */
export interface Controller {
    readonly namespace: "security" | "ingress" | "kube-system";
    readonly webhook?: Port;
    readonly metrics?: Port;
    readonly calls: readonly ("api-server" | "cloud" | "kubelets")[];
}

/** All controllers, of every cloud. */
export const controllers: Readonly<Record<string, Controller>> = {
    "cert-manager-controller": { namespace: "security", metrics: "TCP/9402", calls: ["api-server", "cloud"] },
    "cert-manager-webhook": {
        namespace: "security",
        webhook: "TCP/10250",
        metrics: "TCP/9402",
        calls: ["api-server"],
    },
    "cert-manager-cainjector": { namespace: "security", metrics: "TCP/9402", calls: ["api-server"] },
    "cert-manager-startupapicheck": { namespace: "security", calls: ["api-server"] },
    "external-secrets-controller": { namespace: "security", metrics: "TCP/8080", calls: ["api-server", "cloud"] },
    "external-secrets-webhook": {
        namespace: "security",
        webhook: "TCP/10250",
        metrics: "TCP/8080",
        calls: ["api-server"],
    },
    "external-secrets-cert-controller": { namespace: "security", metrics: "TCP/8080", calls: ["api-server"] },
    "reloader-controller": { namespace: "security", metrics: "TCP/9090", calls: ["api-server"] },
    "kube-bench": { namespace: "security", calls: ["api-server"] },
    "external-dns-controller": { namespace: "ingress", metrics: "TCP/7979", calls: ["api-server", "cloud"] },
    "aws-load-balancer-controller-controller": {
        namespace: "ingress",
        webhook: "TCP/9443",
        metrics: "TCP/8080",
        calls: ["api-server", "cloud"],
    },
    "karpenter-controller": { namespace: "kube-system", metrics: "TCP/8080", calls: ["api-server", "cloud"] },
    "metrics-server-controller": {
        namespace: "kube-system",
        webhook: "TCP/10250",
        metrics: "TCP/10250",
        calls: ["api-server", "kubelets"],
    },
    "vertical-pod-autoscaler-admission-controller": {
        namespace: "kube-system",
        webhook: "TCP/8000",
        metrics: "TCP/8944",
        calls: ["api-server"],
    },
    "vertical-pod-autoscaler-recommender": { namespace: "kube-system", metrics: "TCP/8942", calls: ["api-server"] },
    "vertical-pod-autoscaler-updater": { namespace: "kube-system", metrics: "TCP/8943", calls: ["api-server"] },
};

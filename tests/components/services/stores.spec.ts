import assert from "node:assert/strict";

import { shipped } from "../shipped";

interface Peer {
    readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly ipBlock?: unknown;
}

interface Spec {
    readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly { port: number }[] }[];
}

const storeNamespaces = ["data", "cache", "messaging"];

/** The platform's own callers have policies' tests of their own; any other peer is a service, or a mistake. */
const platform = ["data", "cache", "messaging", "monitoring", "kube-system"];

/** Services by the pods of the stores that they call, as `namespace/service:port` (NW-06, NW-09, DB-17, MQ-01). */
const callers = {
    "postgres-pooler-rw": [
        "services/user:5432",
        "services/product:5432",
        "services/order:5432",
        "payment/payment:5432",
        "services/inventory:5432",
    ],
    "postgres-pooler-ro": [
        "services/user:5432",
        "services/product:5432",
        "services/order:5432",
        "services/inventory:5432",
    ],
    "valkey-state": ["services/user:6379", "services/order:6379"],
    "valkey-cache": ["services/product:6379"],
    memcached: ["services/product:11211"],
};

/** Those of the stores that have no pods in a replica of the stack, and the job, which runs in none (CL-18). */
const callersInPrimary = {
    "postgres-pooler-ro": [...callers["postgres-pooler-ro"], "services/cache-warm:5432"],
    "valkey-cache": [...callers["valkey-cache"], "services/cache-warm:6379"],
    "shop-broker": [
        "services/user:9093",
        "services/product:9093",
        "services/order:9093",
        "payment/payment:9093",
        "services/inventory:9093",
        "services/notification:9093",
    ],
    "search-es": ["services/product:9200"],
};

/** The operators' admission webhooks on an existing cluster, whose API servers have no known addresses. */
const webhooks = { "cloudnative-pg-controller": ["*/*:9443"], "eck-operator": ["*/*:9443"] };

const namespaceKey = "kubernetes.io/metadata.name";
const appKey = "app.kubernetes.io/name";

/** `namespace/app:ports` of a peer outside the platform; a peer without labels is shown as all pods. */
function peers({ ingress = [] }: Spec): string[] {
    return ingress.flatMap(({ from, ports = [] }) =>
        (from ?? [{}])
            .filter(({ ipBlock }) => ipBlock === undefined)
            .map((peer) => ({
                namespace: peer.namespaceSelector?.matchLabels?.[namespaceKey] ?? "*",
                app: peer.podSelector?.matchLabels?.[appKey] ?? "*",
            }))
            .filter(({ namespace }) => !platform.includes(namespace))
            .map(({ namespace, app }) => `${namespace}/${app}:${ports.map(({ port }) => port).join(",")}`),
    );
}

for (const { title, cloud, replica, plan } of shipped) {
    describe(`the services that may call each store in ${title}`, () => {
        it("are those of the catalogue, on the store's port, and no pod behind a store admits another", async () => {
            const { resources } = await plan();
            const found = resources
                .filter(({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy")
                .filter(({ inputs }) =>
                    storeNamespaces.includes((inputs["metadata"] as { namespace: string }).namespace),
                )
                .map(({ name, inputs }) => [name.replace(/-policy$/, ""), peers(inputs["spec"] as Spec)] as const)
                .filter(([, admitted]) => admitted.length > 0);
            assert.deepEqual(Object.fromEntries(found), {
                ...callers,
                ...(replica ? {} : callersInPrimary),
                ...(cloud === "existing" ? webhooks : {}),
            });
        });
    });
}

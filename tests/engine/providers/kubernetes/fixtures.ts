import { createIn, targetOf } from "../core/testing";
import { MemoryStore } from "../core/store";
import { merge, type Bag } from "../core/value";
import { RELEASE_TYPE, Releases } from "./helm";
import { MemoryBackend } from "./memory";
import { KubernetesProvider } from "./provider";

export const NAMESPACE = targetOf("kubernetes:core/v1:Namespace", "shop");
export const DEPLOYMENT = targetOf("kubernetes:apps/v1:Deployment", "web");
export const CONFIG_MAP = targetOf("kubernetes:core/v1:ConfigMap", "settings");
export const RELEASE = targetOf(RELEASE_TYPE, "cert-manager");

export const namespace: Bag = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
export const configMap: Bag = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace: "shop" },
    data: { a: "b" },
};
export const labels = { "app.kubernetes.io/name": "web" };
export const deployment: Bag = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "example.com/web:1" }] } },
    },
};
export const release: Bag = {
    chart: "cert-manager",
    version: "v1.21.1",
    name: "cert-manager",
    namespace: "shop",
    repositoryOpts: { repo: "https://charts.jetstack.io" },
};

export const kubeconfig = (server: string): string =>
    JSON.stringify({
        "current-context": "shop",
        contexts: [{ name: "shop", context: { cluster: "shop", user: "me" } }],
        clusters: [{ name: "shop", cluster: { server } }],
    });

export function fresh(): { provider: KubernetesProvider; store: MemoryStore } {
    const store = new MemoryStore();
    const objects = new MemoryBackend(store);
    return { provider: new KubernetesProvider("1.0.0", { objects, releases: new Releases(store) }), store };
}

export async function withNamespace(): Promise<KubernetesProvider> {
    const { provider } = fresh();
    await createIn(provider, NAMESPACE, namespace);
    return provider;
}

/** {@link deployment} with parts of its spec overridden. */
export const deploy = (spec: Bag): Bag => merge(deployment, { spec });

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const kubeconfig = JSON.stringify({
    "current-context": "canary",
    contexts: [{ name: "canary", context: { cluster: "canary", user: "canary" } }],
    clusters: [{ name: "canary", cluster: { server: "https://canary.invalid" } }],
    users: [{ name: "canary", user: { token: "kubeconfig-canary-4f1d7c" } }],
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Secrets from a random resource, in a Secret, in an output and in a provider's settings. */
export default function program(): Promise<Record<string, unknown>> {
    const provider = new k8s.Provider("canary", { kubeconfig: pulumi.secret(kubeconfig) });
    const namespace = new k8s.core.v1.Namespace("canary", { metadata: { name: "canary" } }, { provider });
    const password = new random.RandomPassword("canary", { length: 32, special: false });
    new k8s.core.v1.Secret(
        "canary",
        {
            metadata: { name: "canary", namespace: namespace.metadata.name },
            data: { password: password.result.apply(base64) },
        },
        { provider },
    );
    // In a ConfigMap only the secretness of the program's value protects it in the state.
    new k8s.core.v1.ConfigMap(
        "canary",
        {
            metadata: { name: "canary", namespace: namespace.metadata.name },
            data: { dsn: pulumi.interpolate`postgres://shop:${password.result}@db/shop` },
        },
        { provider },
    );
    return Promise.resolve({ password: password.result });
}

import type { KubeClient } from "../../control-plane/client";
import type { KubeObject } from "../../control-plane/json";

/** A webhook of an operator, as its release installs it. */
export interface Webhook {
    readonly name: string;
    readonly type: "mutating" | "validating";
    readonly apiGroup: string;
    readonly version: string;
    /** The kind in lower case. */
    readonly singular: string;
    readonly plural: string;
}

/** Where the API server reaches webhooks. */
export interface WebhookServer {
    readonly port: number;
    /** Certificate of the authority that issued the server's, in PEM. */
    readonly ca: string;
}

/**
 * Installs an operator's webhooks with the URL of a loopback port in place of its Service, which has no address here. A
 * webhook that does not answer refuses, as in the releases of the program.
 */
export async function installWebhooks(
    client: KubeClient,
    operator: string,
    webhooks: readonly Webhook[],
    server: WebhookServer,
): Promise<void> {
    for (const type of ["mutating", "validating"] as const) {
        const own = webhooks.filter((webhook) => webhook.type === type);
        if (own.length > 0) {
            await client.must({
                method: "POST",
                path: `/apis/admissionregistration.k8s.io/v1/${type}webhookconfigurations`,
                body: configuration(operator, type, own, server),
            });
        }
    }
}

function configuration(
    operator: string,
    type: Webhook["type"],
    webhooks: readonly Webhook[],
    { port, ca }: WebhookServer,
): KubeObject {
    return {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: type === "mutating" ? "MutatingWebhookConfiguration" : "ValidatingWebhookConfiguration",
        metadata: { name: operator },
        webhooks: webhooks.map((webhook) => ({
            name: webhook.name,
            admissionReviewVersions: ["v1"],
            sideEffects: "None",
            failurePolicy: "Fail",
            clientConfig: {
                url: `https://127.0.0.1:${port}${pathOf(webhook)}`,
                caBundle: Buffer.from(ca).toString("base64"),
            },
            rules: [
                {
                    apiGroups: [webhook.apiGroup],
                    apiVersions: [webhook.version],
                    operations: ["CREATE", "UPDATE"],
                    resources: [webhook.plural],
                },
            ],
        })),
    };
}

/** Path of a webhook, which controller-runtime derives from its kind. */
function pathOf({ type, apiGroup, version, singular }: Webhook): string {
    return `/${type === "mutating" ? "mutate" : "validate"}-${apiGroup.replaceAll(".", "-")}-${version}-${singular}`;
}

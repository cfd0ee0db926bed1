import { join } from "node:path";

import type { StoreCaller } from "../../../../catalog/graph";
import { eck } from "../../../../components/search/eck";
import { rolesFile, usersRolesFile } from "../../../../components/search/roles";
import type { KubeClient } from "../../control-plane/client";
import type { ControlPlane } from "../../control-plane/start";
import { issueServerCertificate } from "./certificates";
import { installWebhooks, type Webhook } from "./webhooks";

/** The webhook of the kind that the program creates. Read: cloud-on-k8s at v3.5.0, config/webhook/manifests.yaml. */
const webhooks: readonly Webhook[] = [
    {
        name: "elastic-es-validation-v1.k8s.elastic.co",
        type: "validating",
        apiGroup: "elasticsearch.k8s.elastic.co",
        version: "v1",
        singular: "elasticsearch",
        plural: "elasticsearches",
    },
];

/** Port of the operator's webhooks in its namespace. */
const webhookPort = 9443;

/**
 * Starts the real operator with its webhook.
 *
 * @returns process id of the process that created the network namespace
 */
export async function startEck(plane: ControlPlane): Promise<number> {
    const certificates = join(plane.folder, "eck-certificates");
    const { ca } = issueServerCertificate(certificates, "tls");
    const isolated = await plane.runIsolated(
        "eck",
        [
            "manager",
            // As the chart's `managedNamespaces`.
            `--namespaces=${eck.namespace}`,
            `--operator-namespace=${eck.namespace}`,
            "--enable-leader-election=false",
            "--disable-telemetry",
            "--metrics-port=0",
            "--enable-webhook",
            // The certificate and the webhook's configuration are the run's own.
            "--manage-webhook-certs=false",
            `--webhook-cert-dir=${certificates}`,
            `--webhook-port=${webhookPort}`,
        ],
        { webhookPort },
    );
    await installWebhooks(plane.client, "eck", webhooks, { port: isolated.webhookPort, ca });
    return isolated.pid;
}

/**
 * Writes the users and roles of the search, which a plan keeps secret or does not know, as the program does; with one made-up
 * hash of a password.
 */
export async function createSearchSecrets(client: KubeClient): Promise<void> {
    const callers: readonly StoreCaller[] = [
        { workload: "product", namespace: "services", access: "read-write", produces: [], consumes: [], caches: [] },
    ];
    const encoded = (text: string): string => Buffer.from(text).toString("base64");
    const hash = "$2a$10$abcdefghijklmnopqrstuuK0WcWBEHWgpwMZFK0wZ3ZJNNHDpmC8e";
    const users = ["product", "search-snapshots", "search-restore"];
    const data = {
        "search-users": {
            users: encoded(users.map((user) => `${user}:${hash}\n`).join("")),
            users_roles: encoded(usersRolesFile(users)),
        },
        "search-roles": { "roles.yml": encoded(rolesFile(callers, ["register", "restore"])) },
    };
    for (const [name, content] of Object.entries(data)) {
        await client.must({
            method: "PATCH",
            path: `/api/v1/namespaces/${eck.namespace}/secrets/${name}`,
            contentType: "application/merge-patch+json",
            body: { data: content },
        });
    }
}

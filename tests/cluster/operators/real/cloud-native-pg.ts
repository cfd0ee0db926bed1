import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { toolPath } from "../../../../tools/toolchain/paths";
import { cloudNativePgChart } from "../../../../components/database/operator";
import type { ControlPlane } from "../../control-plane/start";
import { issueServerCertificate } from "./certificates";
import { certificatePath } from "./surroundings";
import { installWebhooks, type Webhook } from "./webhooks";

const apiGroup = "postgresql.cnpg.io";

function webhook(type: Webhook["type"], singular: string): Webhook {
    const name = `${type.charAt(0)}${singular}.cnpg.io`;
    return { name, type, apiGroup, version: "v1", singular, plural: `${singular}s` };
}

/** The operator's webhooks. Read: cloudnative-pg at v1.30.0, config/webhook/manifests.yaml. */
const webhooks: readonly Webhook[] = [
    ...["backup", "cluster", "database", "scheduledbackup"].map((kind) => webhook("mutating", kind)),
    ...["backup", "cluster", "database", "pooler", "scheduledbackup"].map((kind) => webhook("validating", kind)),
];

/** Port of the operator's webhooks in its namespace. */
const webhookPort = 9443;

/** Addresses that kwok gives to pods; in the operator's namespace the stand-in of the instance managers has them. */
const podAddresses = "10.0.0.0/8";

/**
 * Starts the real operator with its webhooks, and a stand-in of the instance managers, which run in the instances' pods.
 *
 * @returns process id of the process that created the network namespace
 */
export async function startCloudNativePg(plane: ControlPlane): Promise<number> {
    const { folder, client } = plane;
    const certificates = join(folder, "cloudnative-pg-certificates");
    const { ca } = issueServerCertificate(certificates, "apiserver");
    const [image] = cloudNativePgChart.images;
    // The operator hands its own binary to the instances, and looks for it in its working folder.
    const binaries = join(folder, "operator");
    const manager = join(binaries, `manager_${process.arch === "x64" ? "amd64" : process.arch}`);
    mkdirSync(binaries);
    symlinkSync(toolPath("cloudnative-pg"), manager);
    const isolated = await plane.runIsolated("cloudnative-pg", ["controller", `--webhook-port=${webhookPort}`], {
        webhookPort,
        localAddresses: podAddresses,
        beside: join(__dirname, "instance-manager.ts"),
        env: {
            OPERATOR_NAMESPACE: cloudNativePgChart.namespace,
            // As the chart's `config.clusterWide: false`.
            WATCH_NAMESPACE: cloudNativePgChart.namespace,
            OPERATOR_IMAGE_NAME: `${image?.repository ?? ""}:${image?.tag ?? ""}`,
            WEBHOOK_CERT_DIR: certificates,
            INSTANCE_MANAGER: manager,
            INSTANCE_CERTIFICATE: certificatePath(plane, "postgres-server"),
        },
    });
    await installWebhooks(client, "cloudnative-pg", webhooks, { port: isolated.webhookPort, ca });
    return isolated.pid;
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import { KubeClient } from "../../control-plane/client";
import { textAt, type JsonObject, type KubeObject } from "../../control-plane/json";

/**
 * Stands in for CloudNativePG's instance managers: the processes in the instances' pods that the operator asks for the
 * state of PostgreSQL. It answers for every instance that PostgreSQL runs and has the whole log, and reports the one that
 * the operator has chosen as primary, as an instance manager does after it has started or promoted PostgreSQL. Roles,
 * databases and backups, which instance managers create in PostgreSQL, do not exist here.
 *
 * Read: cloudnative-pg at v1.30.0, pkg/postgres/status.go, internal/management/controller/instance_controller.go.
 */
const environment = (name: string): string => {
    const value = process.env[name];
    if (value === undefined) {
        throw new Error(`${name} is not set`);
    }
    return value;
};

interface Kubeconfig {
    readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
    readonly users: readonly [{ readonly user: { readonly token: string } }];
}

function clientOf(kubeconfig: Kubeconfig): KubeClient {
    const [{ cluster }] = kubeconfig.clusters;
    const ca = Buffer.from(cluster["certificate-authority-data"] ?? "", "base64").toString("utf8");
    return new KubeClient({ server: cluster["server"] ?? "", ca, token: kubeconfig.users[0].user.token });
}

const client = clientOf(JSON.parse(readFileSync(environment("KUBECONFIG"), "utf8")) as Kubeconfig);
// Instances run the operator's own binary; with another hash the operator would replace it.
const executableHash = createHash("sha256")
    .update(readFileSync(environment("INSTANCE_MANAGER")))
    .digest("hex");
const namespace = environment("OPERATOR_NAMESPACE");
const position = "0/6000060";

function instances(): Promise<KubeObject[]> {
    return client.list(`/api/v1/namespaces/${namespace}/pods`, { labelSelector: "cnpg.io/podRole=instance" });
}

const clusters = `/apis/postgresql.cnpg.io/v1/namespaces/${namespace}/clusters`;

/** Records in the status of each Cluster that the instance that the operator has chosen is the primary, once it has a pod. */
async function promote(): Promise<void> {
    const pods = await instances();
    for (const cluster of await client.list(clusters)) {
        const chosen = textAt(cluster, "status", "targetPrimary");
        const pod = pods.find(({ metadata }) => metadata.name === chosen);
        if (textAt(pod, "status", "podIP") !== undefined && textAt(cluster, "status", "currentPrimary") !== chosen) {
            await client.must({
                method: "PATCH",
                path: `${clusters}/${cluster.metadata.name}/status`,
                contentType: "application/merge-patch+json",
                body: { status: { currentPrimary: chosen ?? "", currentPrimaryTimestamp: new Date().toISOString() } },
            });
        }
    }
}

async function statusOf(address: string): Promise<JsonObject | undefined> {
    const pods = await instances();
    const pod = pods.find((one) => textAt(one, "status", "podIP") === address);
    if (pod === undefined) {
        return undefined;
    }
    const cluster = textAt(pod, "metadata", "labels", "cnpg.io/cluster") ?? "";
    const live = await client.must({ method: "GET", path: `${clusters}/${cluster}` });
    const [chosen, current] = ["targetPrimary", "currentPrimary"].map((key) => textAt(live, "status", key));
    const primary = chosen === pod.metadata.name;
    // Of a primary that is gone, a replica receives no log; the operator waits for that before it promotes a replica.
    const receives = chosen === current && pods.some(({ metadata }) => metadata.name === current);
    return {
        isPrimary: primary,
        ...(primary ? { currentLsn: position } : { receivedLsn: position, replayLsn: position }),
        isWalReceiverActive: !primary && receives,
        isPodReady: true,
        systemID: "7500000000000000000",
        timeLineID: 1,
        replayPaused: false,
        pendingRestart: false,
        pendingRestartForDecrease: false,
        isPgRewindRunning: false,
        mightBeUnavailable: false,
        node: textAt(pod, "spec", "nodeName") ?? "",
        executableHash,
        instanceManagerVersion: "1.30.0",
        instanceArch: process.arch === "x64" ? "amd64" : process.arch,
        isInstanceManagerUpgrading: false,
        sessionID: pod.metadata.name,
    };
}

const certificate = environment("INSTANCE_CERTIFICATE");
createServer(
    {
        cert: readFileSync(`${certificate}.crt`),
        key: readFileSync(`${certificate}.key`),
    },
    (request, response) => {
        const address = request.socket.localAddress?.replace(/^::ffff:/, "") ?? "";
        const answer = request.url === "/pg/status" ? statusOf(address) : Promise.resolve(undefined);
        answer.then(
            (status) => {
                response.writeHead(status === undefined ? 404 : 200, { "content-type": "application/json" });
                response.end(JSON.stringify(status ?? {}));
            },
            (error: unknown) => {
                console.error(`instance manager of ${address}: ${String(error)}`);
                response.writeHead(500).end();
            },
        );
    },
).listen(8000, "0.0.0.0");

async function promoteForever(): Promise<void> {
    for (;;) {
        await promote().catch((error: unknown) => {
            // The operator changed the status at the same time, or the API server is ending.
            console.error(`instance managers: ${String(error)}`);
        });
        await sleep(500);
    }
}

void promoteForever();

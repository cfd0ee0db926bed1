import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { Authority } from "../../data/harness/authority";
import { quantity } from "../../../config/quantity";
import { labelsOf, listAt, namespaceOf, textAt, type JsonObject, type KubeObject } from "../control-plane/json";
import type { ControlPlane } from "../control-plane/start";
import { eventually } from "../control-plane/wait";

const group = "metrics.k8s.io";
const version = "v1beta1";
const root = `/apis/${group}/${version}`;
const service = { name: "metrics", namespace: "kube-system" };

/** Use of each pod as a share of its requests. */
export type UseOf = (pod: KubeObject) => number;

/** The metrics of the pods that the last test gave, in place of metrics-server's (AS-01 to AS-04). */
export class MetricsApi {
    private readonly server: Server;
    private use: UseOf = () => 0;

    private constructor(
        private readonly plane: ControlPlane,
        key: Buffer,
        cert: Buffer,
    ) {
        this.server = createServer({ key, cert }, (request, response) => {
            this.answer(new URL(request.url ?? "/", "https://localhost"))
                .then((body) => response.setHeader("content-type", "application/json").end(JSON.stringify(body)))
                .catch((error: unknown) => response.writeHead(500).end(String(error)));
        });
    }

    /** Starts the server on loopback and registers it: its Service is another name of `localhost`. */
    public static async start(plane: ControlPlane): Promise<MetricsApi> {
        const folder = join(plane.folder, "metrics-api");
        new Authority(join(folder, "authority")).issue(folder, service.name, [
            `${service.name}.${service.namespace}.svc`,
        ]);
        const [key, cert, ca] = ["tls.key", "tls.crt", "ca.crt"].map((name) => readFileSync(join(folder, name)));
        if (key === undefined || cert === undefined || ca === undefined) {
            throw new Error("no certificate");
        }
        const api = new MetricsApi(plane, key, cert);
        await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
        await api.register((api.server.address() as AddressInfo).port, ca.toString("base64"));
        return api;
    }

    /** Sets the use of every pod from now on. */
    public set(use: UseOf): void {
        this.use = use;
    }

    public stop(): Promise<void> {
        this.server.closeAllConnections();
        return new Promise((resolve) => {
            this.server.close(() => {
                resolve();
            });
        });
    }

    private async register(port: number, caBundle: string): Promise<void> {
        const { client } = this.plane;
        await client.must({
            method: "POST",
            path: `/api/v1/namespaces/${service.namespace}/services`,
            body: {
                metadata: { name: service.name },
                spec: { type: "ExternalName", externalName: "localhost", ports: [{ port }] },
            },
        });
        await client.must({
            method: "POST",
            path: "/apis/apiregistration.k8s.io/v1/apiservices",
            body: {
                metadata: { name: `${version}.${group}` },
                spec: {
                    group,
                    version,
                    service: { ...service, port },
                    caBundle,
                    groupPriorityMinimum: 100,
                    versionPriority: 100,
                },
            },
        });
        await eventually("the metrics API behind the API server", async () =>
            (await client.call({ method: "GET", path: `${root}/namespaces/default/pods` })).status === 200
                ? true
                : undefined,
        );
    }

    private async answer({ pathname, searchParams }: URL): Promise<JsonObject> {
        const namespace = /\/namespaces\/([^/]+)\/pods$/.exec(pathname)?.[1];
        if (namespace === undefined) {
            const verbs = ["get", "list"];
            const resources = [{ name: "pods", singularName: "", namespaced: true, kind: "PodMetrics", verbs }];
            return { kind: "APIResourceList", apiVersion: "v1", groupVersion: `${group}/${version}`, resources };
        }
        const labelSelector = searchParams.get("labelSelector");
        const query = labelSelector === null ? {} : { labelSelector };
        const pods = await this.plane.client.list(`/api/v1/namespaces/${namespace}/pods`, query);
        const items = pods
            .filter((pod) => textAt(pod, "status", "phase") === "Running")
            .map((pod) => this.metrics(pod));
        return { kind: "PodMetricsList", apiVersion: `${group}/${version}`, metadata: {}, items };
    }

    private metrics(pod: KubeObject): JsonObject {
        const share = this.use(pod);
        return {
            metadata: { name: pod.metadata.name, namespace: namespaceOf(pod) ?? "", labels: labelsOf(pod) },
            timestamp: new Date().toISOString(),
            // Short: the controller ignores the CPU of a pod that was not ready for a whole window.
            window: "1s",
            containers: listAt(pod, "spec", "containers").map((container) => {
                const used = (kind: string): number =>
                    quantity(textAt(container, "resources", "requests", kind) ?? "0") * share;
                return {
                    name: textAt(container, "name") ?? "",
                    usage: { cpu: `${Math.ceil(used("cpu") * 1000)}m`, memory: String(Math.ceil(used("memory"))) },
                };
            }),
        };
    }
}

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { ports } from "../../catalog/graph";
import type { Workload } from "../../catalog/types";
import { homePool } from "../../config/profiles";
import type { LayerConfig } from "./layer-config";
import { platformImage } from "../common/images";
import { poolPlacement, topologySpread } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";

type PodSpec = k8s.types.input.core.v1.PodSpec;
type Container = k8s.types.input.core.v1.Container;

/** What {@link podSpec} needs to know of a workload's place in the stack. */
export interface PodArgs {
    readonly name: string;
    readonly workload: Workload;
    readonly config: LayerConfig;
    /** The service's own image; undefined runs the stand-in. */
    readonly image: string | undefined;
    readonly env: k8s.types.input.core.v1.EnvVar[];
    /** Resolves when the class can be used: a pod that names an unknown one is refused. */
    readonly priorityClassName: pulumi.Input<string>;
}

function resources({ resources }: LayerConfig): k8s.types.input.core.v1.ResourceRequirements {
    return {
        // Scratch space counts too: a pod that fills the node's disk takes its neighbours with it.
        requests: { cpu: resources.cpuRequest, memory: resources.memoryRequest, "ephemeral-storage": "64Mi" },
        limits: { cpu: resources.cpuLimit, memory: resources.memoryLimit, "ephemeral-storage": "256Mi" },
    };
}

/** Three probes with three questions: has it started, is it stuck, should it get requests now (SV-14). */
function probes(): Pick<Container, "startupProbe" | "livenessProbe" | "readinessProbe"> {
    // Liveness never asks a dependency: restarting a service because its database is down helps nobody.
    const alive = { httpGet: { path: "/healthz", port: "management" } };
    return {
        startupProbe: { ...alive, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 2 },
        livenessProbe: { ...alive, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
        // On the port that callers use: listening elsewhere is no sign that requests are answered.
        readinessProbe: {
            httpGet: { path: "/readyz", port: "http" },
            periodSeconds: 5,
            failureThreshold: 2,
            timeoutSeconds: 2,
        },
    };
}

function container({ name, config, image, env }: PodArgs): Container {
    const standIn = image === undefined;
    return {
        name,
        image: image ?? platformImage("standIn", config.images.mirror),
        // Asked of the registry each time: what a node has cached under a tag may be somebody else's or yesterday's.
        imagePullPolicy: "Always",
        ...(standIn
            ? { command: ["./podinfo", `--port=${ports.http}`, `--port-metrics=${ports.management}`, "--level=info"] }
            : {}),
        ports: [
            { name: "http", containerPort: ports.http, protocol: "TCP" },
            { name: "management", containerPort: ports.management, protocol: "TCP" },
        ],
        env,
        resources: resources(config),
        ...probes(),
        // Endpoints are dropped while the pod still answers, so that no request in flight meets a closed door (SV-15).
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    };
}

/** The pod of a service of the shop. Rows SC-01, SC-04, SV-05, SV-14, CL-07, CL-13. */
export function podSpec(args: PodArgs): PodSpec {
    const { name, workload, config } = args;
    const onSpot = workload.spot === true && config.nodePools.spot !== undefined;
    return {
        serviceAccountName: name,
        // No service of the shop speaks to the API server: a stolen token would be all it is good for (SC-04).
        automountServiceAccountToken: false,
        // Addresses come from the catalogue; a variable for each Service of the namespace would leak the map.
        enableServiceLinks: false,
        priorityClassName: args.priorityClassName,
        securityContext: podSecurityContext(),
        topologySpreadConstraints: topologySpread(name, config.spread),
        ...poolPlacement(name, homePool(config.profile, workload), config.dedicatedPools, onSpot),
        // The pause before stopping, and time to finish what came in.
        terminationGracePeriodSeconds: 45,
        containers: [container(args)],
        // The one place to write: the root is read-only.
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
    };
}

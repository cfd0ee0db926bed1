import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { ports } from "../../catalog/graph";
import type { Workload } from "../../catalog/types";
import { homePool } from "../../config/profiles";
import { type MountedSecret, secretMounts, secretVolumes } from "./credentials";
import type { LayerConfig } from "./layer-config";
import { platformImage } from "../common/images";
import { besideFullNodes, poolPlacement, topologySpread } from "../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";

type PodSpec = k8s.types.input.core.v1.PodSpec;
type Container = k8s.types.input.core.v1.Container;

/** Arguments of {@link podSpec}. */
export interface PodArgs {
    readonly name: string;
    readonly workload: Workload;
    readonly config: LayerConfig;
    /** The service's own image; undefined runs the stand-in. */
    readonly image: string | undefined;
    readonly env: k8s.types.input.core.v1.EnvVar[];
    /** Its certificate and the credentials of its stores. */
    readonly secrets: readonly MountedSecret[];
    /** Resolves when the class exists: pods with an unknown class are rejected. */
    readonly priorityClassName: pulumi.Input<string>;
}

function resources({ resources }: LayerConfig): k8s.types.input.core.v1.ResourceRequirements {
    return {
        // Ephemeral storage too: a full node disk affects all pods of the node.
        requests: { cpu: resources.cpuRequest, memory: resources.memoryRequest, "ephemeral-storage": "64Mi" },
        limits: { cpu: resources.cpuLimit, memory: resources.memoryLimit, "ephemeral-storage": "256Mi" },
    };
}

/** Startup, liveness and readiness probes (SV-14). */
function probes(): Pick<Container, "startupProbe" | "livenessProbe" | "readinessProbe"> {
    // Liveness does not check dependencies: a restart does not repair a database.
    const alive = { httpGet: { path: "/healthz", port: "management" } };
    return {
        startupProbe: { ...alive, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 2 },
        livenessProbe: { ...alive, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
        // On the port that serves callers.
        readinessProbe: {
            httpGet: { path: "/readyz", port: "http" },
            periodSeconds: 5,
            failureThreshold: 2,
            timeoutSeconds: 2,
        },
    };
}

function container({ name, config, image, env, secrets }: PodArgs): Container {
    const standIn = image === undefined;
    return {
        name,
        image: image ?? platformImage("standIn", config.images),
        // The registry is checked at each start: an image that a node has cached under a tag may be outdated.
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
        // The pod keeps serving while endpoints are removed, so that requests in flight are not rejected (SV-15).
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...secretMounts(secrets)],
    };
}

/** The pod of a service of the shop. Rows SC-01, SC-04, SV-05, SV-14, CL-07, CL-13. */
export function podSpec(args: PodArgs): PodSpec {
    const { name, workload, config } = args;
    const onSpot = workload.spot === true && config.nodePools.spot !== undefined;
    return {
        serviceAccountName: name,
        // No service uses the Kubernetes API (SC-04).
        automountServiceAccountToken: false,
        // Addresses come from the catalogue; the variables of service links would reveal all Services of the namespace.
        enableServiceLinks: false,
        priorityClassName: args.priorityClassName,
        securityContext: podSecurityContext(),
        topologySpreadConstraints: besideFullNodes(topologySpread(name, config.spread)),
        ...poolPlacement(name, homePool(config.profile, workload), config.dedicatedPools, onSpot),
        // The preStop pause, and time to finish requests.
        terminationGracePeriodSeconds: 45,
        containers: [container(args)],
        // The only writable path: the root is read-only.
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }, ...secretVolumes(args.secrets)],
    };
}

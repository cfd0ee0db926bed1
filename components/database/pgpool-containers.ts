import type * as k8s from "@pulumi/kubernetes";

import { containerSecurityContext } from "../common/security-context";
import { variables } from "../common/variables";
import type { Resources } from "../layer";
import { databaseImage } from "./images";
import type { LayerConfig } from "./layer-config";
import { pgpoolName, port } from "./names";
import { controlEnvironment, controlFile } from "./pgpool-attach";
import { pgpoolFolders as folders } from "./pgpool-config";

export const pgpoolResources: Resources = {
    requests: { cpu: "250m", memory: "256Mi" },
    limits: { cpu: "1", memory: "512Mi" },
};

/** Of the container that attaches the primary again: a shell that sleeps. */
export const attachResources: Resources = {
    requests: { cpu: "10m", memory: "16Mi" },
    limits: { cpu: "100m", memory: "64Mi" },
};

type Container = k8s.types.input.core.v1.Container;

/** What the containers have in common. */
function common(config: LayerConfig): Pick<Container, "image" | "imagePullPolicy" | "securityContext"> {
    return {
        image: databaseImage("pgpool", config.images),
        imagePullPolicy: "Always",
        securityContext: containerSecurityContext(),
    };
}

const controlVariables = variables(controlEnvironment);

/** A script of the ConfigMap with the folder that Pgpool-II writes. */
function script(config: LayerConfig, file: string): Omit<Container, "name"> {
    return {
        ...common(config),
        command: ["/bin/sh", `${folders.config}/${file}`],
        env: controlVariables,
        resources: {
            requests: { ...attachResources.requests, "ephemeral-storage": "16Mi" },
            limits: { ...attachResources.limits, "ephemeral-storage": "32Mi" },
        },
        volumeMounts: [
            { name: "config", mountPath: folders.config, readOnly: true },
            { name: "run", mountPath: folders.run },
        ],
    };
}

/** Writes the control port's password, before the others start. */
export function controlContainer(config: LayerConfig): Container {
    return { name: "control", ...script(config, "control.sh") };
}

/** Attaches the primary again after a failover. */
export function attachContainer(config: LayerConfig): Container {
    return { name: "attach", ...script(config, "attach.sh") };
}

/**
 * Pgpool-II itself.
 *
 * @param managed whether its servers are a managed service's, with authorities of their own.
 */
export function pgpoolContainer(config: LayerConfig, managed: boolean): Container {
    const accepts = { tcpSocket: { port: "postgresql" } };
    const alive = { exec: { command: ["/bin/sh", `${folders.config}/alive.sh`] } };
    return {
        name: pgpoolName,
        ...common(config),
        // Not the image's entrypoint: it writes configuration and passwords into the image's file system.
        command: [`${folders.programs}/pgpool`],
        args: ["-n", "-f", `${folders.config}/pgpool.conf`, "-a", `${folders.config}/pool_hba.conf`, "-F", controlFile],
        env: controlVariables,
        ports: [{ name: "postgresql", containerPort: port }],
        resources: {
            requests: { ...pgpoolResources.requests, "ephemeral-storage": "64Mi" },
            limits: { ...pgpoolResources.limits, "ephemeral-storage": "128Mi" },
        },
        startupProbe: { ...accepts, periodSeconds: 2, failureThreshold: 30 },
        // Not the nodes: a restart does not repair them.
        livenessProbe: { ...alive, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3 },
        readinessProbe: { ...accepts, periodSeconds: 5, failureThreshold: 2 },
        // Sessions go on while endpoints are removed.
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        volumeMounts: [
            { name: "config", mountPath: folders.config, readOnly: true },
            { name: "passwords", mountPath: folders.passwords, readOnly: true },
            { name: "certificate", mountPath: folders.certificate, readOnly: true },
            ...(managed ? [{ name: "authority", mountPath: folders.authority, readOnly: true }] : []),
            { name: "run", mountPath: folders.run },
        ],
    };
}

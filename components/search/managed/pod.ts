import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { bucketImage } from "../../common/bucket/container";
import { poolPlacement } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import type { Resources } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { searchNamespace } from "../types";

/** Name of the Job's account, and what the Job's own name begins with. */
export const usersJobName = "search-users";

/** Requests and limits of the Job's pod. */
export const usersResources: Resources = {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "500m", memory: "128Mi" },
};

const program = readFileSync(join(__dirname, "users.py"), "utf8");
const folder = "/users";

/** What the pod reads. */
export interface UsersPodArgs {
    readonly config: LayerConfig;
    readonly host: pulumi.Input<string>;
    /** Secret with the administrator's name and password. */
    readonly administrator: pulumi.Input<string>;
    /** Secret with the file of users. */
    readonly users: pulumi.Input<string>;
}

/** The pod that creates the users, with the Python of an image that the platform has. */
export function usersPod({ config, host, administrator, users }: UsersPodArgs): k8s.types.input.core.v1.PodSpec {
    const credential = (name: string, key: string) => ({
        name,
        valueFrom: { secretKeyRef: { name: administrator, key } },
    });
    const size = { "ephemeral-storage": "64Mi" };
    return {
        restartPolicy: "Never",
        serviceAccountName: usersJobName,
        // Uses no API of Kubernetes.
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurityContext(),
        ...poolPlacement(usersJobName, homePool(config.profile, { namespace: searchNamespace }), config.dedicatedPools),
        containers: [
            {
                name: "users",
                image: bucketImage(config.images),
                imagePullPolicy: "Always",
                command: ["python3", "-c", program, `${folder}/users.json`],
                env: [
                    { name: "HOST", value: host },
                    credential("USERNAME", "username"),
                    credential("PASSWORD", "password"),
                ],
                resources: {
                    requests: { ...usersResources.requests, ...size },
                    limits: { ...usersResources.limits, ...size },
                },
                securityContext: containerSecurityContext(),
                volumeMounts: [{ name: "users", mountPath: folder, readOnly: true }],
            },
        ],
        volumes: [secretVolume("users", users)],
    };
}

import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { bucketImage } from "../../common/bucket/container";
import { poolPlacement } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import { variables } from "../../common/variables";
import type { LayerConfig } from "../layer-config";
import { httpCertificate, searchEndpoint, searchNamespace } from "../types";
import { jobResources, program, type SnapshotJob, snapshotNames } from "./names";

/** Arguments of {@link jobPod}. */
export interface JobPodArgs {
    readonly kind: SnapshotJob;
    readonly config: LayerConfig;
    /** Secret of the one user that the pod has. */
    readonly login: pulumi.Input<string>;
    readonly env: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Folder of the mounts, which the program reads. */
const mounts = "/var/run/secrets/elasticsearch";

/** The pod of a job: Python, which the image of the database's backups has. It reaches Elasticsearch, and not the bucket. */
export function jobPod({ kind, config, login, env }: JobPodArgs): k8s.types.input.core.v1.PodSpec {
    const { service, namespace, port } = searchEndpoint;
    const address = `https://${service}.${namespace}.svc.cluster.local:${port}`;
    const size = { "ephemeral-storage": "64Mi" };
    return {
        securityContext: podSecurityContext(),
        ...poolPlacement(
            snapshotNames[kind],
            homePool(config.profile, { namespace: searchNamespace }),
            config.dedicatedPools,
        ),
        containers: [
            {
                name: kind,
                image: bucketImage(config.images),
                imagePullPolicy: "Always",
                command: ["python3", "-c", program, kind],
                env: variables({ ADDRESS: address, ...env }),
                resources: {
                    requests: { ...jobResources.requests, ...size },
                    limits: { ...jobResources.limits, ...size },
                },
                securityContext: containerSecurityContext(),
                volumeMounts: ["login", "authority"].map((name) => ({
                    name,
                    mountPath: `${mounts}/${name}`,
                    readOnly: true,
                })),
            },
        ],
        volumes: [
            // The pod's group reads them: the container's user does not own the files.
            secretVolume("login", login),
            // Without the key of the nodes' certificate, which is in the same Secret.
            secretVolume("authority", httpCertificate, ["ca.crt"]),
        ],
    };
}

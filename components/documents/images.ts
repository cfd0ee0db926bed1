import { type ImageSettings, pulledImage } from "../common/images";

/** The version of the operator; its custom resource names it too. */
export const operatorVersion = "1.22.0";

/**
 * The images of the members, as the operator's own example names them, and of the operator, which prepares each pod. Read:
 * percona/percona-server-mongodb-operator at v1.22.0, deploy/cr.yaml.
 */
export const documentsImages = {
    operator: `docker.io/percona/percona-server-mongodb-operator:${operatorVersion}`,
    server: "docker.io/percona/percona-server-mongodb:8.0.19-7",
    backup: "docker.io/percona/percona-backup-mongodb:2.12.0",
} as const;

/** An image of {@link documentsImages} with its digest, in the mirror where the stack has one. */
export function documentsImage(name: keyof typeof documentsImages, settings: ImageSettings): string {
    return pulledImage(documentsImages[name], settings);
}

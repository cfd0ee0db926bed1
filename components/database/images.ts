import { systemImage } from "../common/bucket/container";
import { type ImageSettings, pulledImage } from "../common/images";

/** The images that the database's objects name; those of its charts are in the charts' files. */
export const databaseImages = {
    /** Its variant `system` also has the SDKs of both clouds, which jobs of other layers use. */
    postgresql: systemImage,
    /** The default of CloudNativePG 1.30.0. Read: cloudnative-pg/cloudnative-pg at v1.30.0, pkg/versions/versions.go. */
    pgbouncer: "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
    /** Runs the schema's migrations. Read: golang-migrate/migrate at v4.19.1, README.md and Dockerfile. */
    migrate: "docker.io/migrate/migrate:v4.19.1",
    /** The project's own image. Read: pgpool/pgpool2_on_k8s, pgpool.docker/Dockerfile.pgpool. */
    pgpool: "docker.io/pgpool/pgpool:4.4.3",
    /** Metrics of a managed service's servers. Read: prometheus-community/postgres_exporter at v0.19.1, README.md and Dockerfile. */
    exporter: "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
} as const;

/** An image of {@link databaseImages} with its digest, in the mirror where the stack has one. */
export function databaseImage(name: keyof typeof databaseImages, settings: ImageSettings): string {
    return pulledImage(databaseImages[name], settings);
}

/** A finding of Checkov that stays, and why. */
export interface Waiver {
    readonly check: string;
    /** What it concerns, as `<kind> <namespace>/<name>` with `<container>` behind it where the finding is of a container. */
    readonly where: RegExp;
    readonly reason: string;
}

/** Every finding that is accepted. One that no longer occurs fails the suite, so that the list only shrinks by itself. */
export const waivers: readonly Waiver[] = [
    {
        check: "CKV_K8S_8",
        where: /^Deployment (data\/pgpool attach|monitoring\/headroom pause)$|^StatefulSet cache\/valkey-(state|cache)-[0-2]-[ab] heal$/,
        reason: "A loop that sleeps, or a pause: it listens on no port, ends when it fails, and is restarted then.",
    },
    {
        check: "CKV_K8S_9",
        where: /^Deployment (data\/pgpool attach|monitoring\/headroom pause)$|^StatefulSet cache\/valkey-(state|cache)-[0-2]-[ab] heal$/,
        reason: "No Service leads to it; the container beside it has the probe.",
    },
    {
        check: "CKV_K8S_35",
        where: /^(CronJob data\/(daily-report|partition-maintenance|reservation-cleanup)|Job data\/schema-[0-9a-f]{10})/,
        reason: "libpq reads a password from a file only when no group may read it, and a Secret's files belong to the pod's group.",
    },
    {
        check: "CKV_K8S_35",
        where: /^StatefulSet cache\/valkey-(state|cache)-[0-2]-[ab]/,
        reason: "The exporter reads passwords from a file of several servers only, which would be one more Secret a member.",
    },
    {
        check: "CKV_K8S_38",
        where: /^CronJob (data\/postgres-snapshots|security\/kube-bench)$/,
        reason: "It calls the Kubernetes API: it deletes old snapshots, or reads the cluster's configuration, with a Role of its own.",
    },
    {
        check: "CKV_K8S_43",
        where: /./,
        reason: "Images have digests once `npm run pin-images` has written config/image-lock.json from the registries.",
    },
];

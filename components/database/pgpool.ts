import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../config/profiles";
import { InternalCertificate, type IssuerRef, serviceNames } from "../common/certificate";
import { oneAtATime } from "../common/disruption-budget";
import { labels, selectorLabels } from "../common/labels";
import { poolPlacement, topologySpread } from "../common/scheduling";
import { secretVolume } from "../common/secret-volume";
import { podSecurityContext } from "../common/security-context";
import { chartPriorityClass } from "../helm";
import type { LayerConfig } from "./layer-config";
import { pgpoolName, port, splitService } from "./names";
import { aliveScript, attachScript, controlScript } from "./pgpool-attach";
import { passwordFile, passwordLine, pgpoolConf, pgpoolFolders as folders, poolHba } from "./pgpool-config";
import { attachContainer, controlContainer, pgpoolContainer } from "./pgpool-containers";

/** Arguments of {@link Pgpool}. */
export interface PgpoolArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    /** Passwords of its users by role, secret. */
    readonly passwords: Readonly<Record<string, pulumi.Output<string>>>;
    /** Servers of a managed service. @default the operator's Services */
    readonly servers?: {
        readonly primary: pulumi.Output<string>;
        readonly replicas: readonly pulumi.Output<string>[];
        /** Secret of the authorities, with `ca.crt`. */
        readonly authority: pulumi.Output<string>;
    };
    /** Resolves when PostgreSQL accepts connections. */
    readonly needs: readonly pulumi.Resource[];
}

/** Reloader restarts the pods when configuration, passwords or certificate have changed (SC-05). */
const restartOnChange = { "reloader.stakater.com/auto": "true" };

/** The file `pgpool.conf`; that of managed servers is known when they are. */
function configuration({ config, servers }: PgpoolArgs): pulumi.Input<string> {
    const { pgpool } = config.database;
    if (servers === undefined) {
        return pgpoolConf(pgpool);
    }
    const authority = `${folders.authority}/ca.crt`;
    return pulumi
        .all([servers.primary, pulumi.all([...servers.replicas])])
        .apply(([primary, replicas]) => pgpoolConf(pgpool, { primary, replicas, authority }));
}

/**
 * Pgpool-II: one address that sends reads to replicas and everything else to the primary. It never promotes an instance
 * (DB-05, DB-07, DB-08, X16, X17).
 */
export class Pgpool extends pulumi.ComponentResource {
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: PgpoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:Pgpool", name, {}, opts);
        const { config, namespace, issuer, passwords, servers, needs } = args;
        const { pgpool } = config.database;
        const child = { parent: this };
        const metadata = { name: pgpoolName, namespace, labels: labels(pgpoolName, "database") };
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${pgpoolName}-certificate`,
                namespace,
                component: "database",
                issuer,
                // Also a client of the instances, which verify passwords and not this.
                usage: "server",
                commonName: splitService,
                dnsNames: serviceNames(splitService, "data"),
            },
            child,
        );
        const configMap = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata,
                data: {
                    "pgpool.conf": configuration(args),
                    "pool_hba.conf": poolHba,
                    "control.sh": controlScript,
                    "attach.sh": attachScript,
                    "alive.sh": aliveScript,
                },
            },
            child,
        );
        const users = Object.keys(passwords).sort();
        const lines = pulumi
            .all(users.map((user) => passwords[user] ?? ""))
            .apply((values) => values.map((password, index) => passwordLine(users[index] ?? "", password)).join(""));
        const secret = new k8s.core.v1.Secret(
            `${name}-passwords`,
            {
                metadata: { ...metadata, name: `${pgpoolName}-passwords` },
                data: { [passwordFile]: lines.apply((text) => Buffer.from(text).toString("base64")) },
            },
            child,
        );
        const account = new k8s.core.v1.ServiceAccount(
            name,
            // Uses no API.
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const pool = homePool(config.profile, { namespace: "data" });
        this.resource = new k8s.apps.v1.Deployment(
            name,
            {
                metadata: { ...metadata, annotations: restartOnChange },
                spec: {
                    replicas: pgpool.instances,
                    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    selector: { matchLabels: selectorLabels(pgpoolName) },
                    template: {
                        metadata: { labels: metadata.labels },
                        spec: {
                            serviceAccountName: account.metadata.name,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            priorityClassName: chartPriorityClass,
                            securityContext: podSecurityContext(),
                            ...poolPlacement(pgpoolName, pool, config.dedicatedPools),
                            topologySpreadConstraints: topologySpread(pgpoolName, config.spread),
                            terminationGracePeriodSeconds: 60,
                            initContainers: [controlContainer(config)],
                            containers: [pgpoolContainer(config, servers !== undefined), attachContainer(config)],
                            volumes: [
                                { name: "config", configMap: { name: configMap.metadata.name } },
                                // The pod's group reads them: the container's user does not own the files.
                                secretVolume("passwords", secret.metadata.name),
                                secretVolume("certificate", certificate.secretName),
                                ...(servers === undefined ? [] : [secretVolume("authority", servers.authority)]),
                                { name: "run", emptyDir: { sizeLimit: "64Mi" } },
                            ],
                        },
                    },
                },
            },
            { ...child, dependsOn: [...needs] },
        );
        new k8s.core.v1.Service(
            name,
            {
                metadata: { ...metadata, name: splitService },
                spec: {
                    selector: selectorLabels(pgpoolName),
                    ports: [{ name: "postgresql", port, targetPort: "postgresql" }],
                },
            },
            child,
        );
        if (pgpool.instances > 1) {
            new k8s.policy.v1.PodDisruptionBudget(
                name,
                {
                    metadata,
                    spec: oneAtATime(selectorLabels(pgpoolName)),
                },
                child,
            );
        }
        this.registerOutputs({});
    }
}

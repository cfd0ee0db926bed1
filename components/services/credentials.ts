import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { TrafficGraph } from "../../catalog/graph";
import { InternalCertificate, type IssuerRef } from "../common/certificate";
import { secretVolume } from "../common/secret-volume";
import type { Stores } from "../layer";
import { certificateFolder, credentialsFolder, storeOf } from "./environment";

/** A Secret that a container reads as files. */
export interface MountedSecret {
    /** Name of the volume. */
    readonly volume: string;
    readonly secretName: pulumi.Output<string>;
    readonly folder: string;
}

/** Arguments of {@link workloadSecrets}. */
export interface WorkloadSecretsArgs {
    readonly workload: string;
    readonly graph: TrafficGraph;
    readonly stores: Stores;
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
}

/**
 * The Secrets of a workload that calls stores: a certificate of its own, with the authority of the stores' certificates, and
 * the credentials of each store that requires them (DB-17, SC-05, SC-06). None for a workload that calls no store.
 */
export function workloadSecrets(
    name: string,
    { workload, graph, stores, namespace, issuer }: WorkloadSecretsArgs,
    opts: pulumi.ComponentResourceOptions,
): MountedSecret[] {
    const called = graph.callees(workload).flatMap(({ to }) => (to.kind === "store" ? [to.name] : []));
    if (called.length === 0) {
        return [];
    }
    const certificate = new InternalCertificate(
        `${name}-certificate`,
        {
            secretName: `${workload}-certificate`,
            namespace,
            component: "certificate",
            issuer,
            usage: "client",
            // Stores that authenticate by certificate know the workload by this name.
            commonName: workload,
        },
        opts,
    );
    const credentials = called.flatMap((store): MountedSecret[] => {
        const secretName = storeOf(stores, workload, store).credentialsOf(workload);
        return secretName === undefined
            ? []
            : // The name of a volume is a DNS label, without dots.
              [{ volume: `store-${store.replaceAll(".", "-")}`, secretName, folder: credentialsFolder(store) }];
    });
    return [{ volume: "certificate", secretName: certificate.secretName, folder: certificateFolder }, ...credentials];
}

/**
 * Annotations of a workload's ServiceAccount, for stores that know it by its cloud identity; undefined where none does. A
 * workload has one identity: two stores that name different ones are a mistake of their layers.
 */
export function identityAnnotations(
    workload: string,
    graph: TrafficGraph,
    stores: Stores,
): pulumi.Output<Record<string, string>> | undefined {
    const found = graph.callees(workload).flatMap(({ to }) => {
        const own =
            to.kind === "store" ? storeOf(stores, workload, to.name).accountAnnotationsOf?.(workload) : undefined;
        return own === undefined ? [] : [own];
    });
    const [first] = found;
    return first === undefined ? undefined : pulumi.all(found).apply((all) => oneIdentity(workload, all));
}

function oneIdentity(workload: string, all: readonly Record<string, string>[]): Record<string, string> {
    const merged: Record<string, string> = {};
    for (const [key, value] of all.flatMap((own) => Object.entries(own))) {
        if (merged[key] !== undefined && merged[key] !== value) {
            throw new Error(
                `${workload} has two cloud identities, ${merged[key]} and ${value} (${key}); its stores must share one`,
            );
        }
        merged[key] = value;
    }
    return merged;
}

/** The volumes of mounted Secrets. The pod's group reads them: the container's user does not own the files. */
export function secretVolumes(secrets: readonly MountedSecret[]): k8s.types.input.core.v1.Volume[] {
    return secrets.map(({ volume, secretName }) => secretVolume(volume, secretName));
}

/** As files, not variables: a file follows a rotated Secret, and is not in a crash report or in `/proc`. */
export function secretMounts(secrets: readonly MountedSecret[]): k8s.types.input.core.v1.VolumeMount[] {
    return secrets.map(({ volume, folder }) => ({ name: volume, mountPath: folder, readOnly: true }));
}

import { dirname, join } from "node:path";

import { admit } from "../../admission/admit";
import { startControlPlane } from "../../control-plane/start-with-crds";
import { namespaceOf, textAt, type KubeObject } from "../../control-plane/json";
import type { ControlPlane } from "../../control-plane/start";
import { log } from "../../log";
import { planOf } from "../../plan/cases";
import { findingsText } from "../../plan/finding";
import { plannedObjects, type PlannedObject } from "../../plan/objects";
import { addNodes, nodesOf } from "../../scheduling/nodes";
import { nodePools } from "../../scheduling/pools";
import { certificateSecret, issueServerCertificate } from "./certificates";

/** The namespace that the operators watch. */
export const namespace = "data";

/** Whether an operator of this folder reconciles the object. */
export function isOperated({ apiVersion }: KubeObject): boolean {
    return /^(postgresql\.cnpg\.io|elasticsearch\.k8s\.elastic\.co)\//.test(apiVersion);
}

/** A control plane with the nodes, and what the operators' objects need, of prod on gcp. */
export interface Surroundings {
    readonly plane: ControlPlane;
    /** The plan's objects of {@link isOperated}, in dependency order; not applied yet. */
    readonly operated: readonly PlannedObject[];
    /** The objects that are applied, in dependency order. */
    readonly applied: readonly PlannedObject[];
}

/**
 * Starts a control plane and applies the namespace of the databases with its quota, limits, policies, classes and Secrets,
 * without the program's other layers.
 */
export async function startSurroundings(): Promise<Surroundings> {
    const plan = await planOf({ stack: "prod", cloud: "gcp" });
    const relevant = plannedObjects(plan).filter(({ object }) => {
        const of = namespaceOf(object);
        return (
            of === namespace ||
            (of === undefined && /^(Namespace|PriorityClass|.*StorageClass|.*SnapshotClass)$/.test(object.kind))
        );
    });
    const plane = await startControlPlane({ definitions: "all" }, log);
    try {
        await addNodes(
            plane.client,
            nodePools(plan.resources).flatMap((pool) => nodesOf(pool, pool.min)),
        );
        const applied = relevant.filter(({ object }) => !isOperated(object));
        const findings = findingsText(await admit(plane.client, applied));
        if (findings !== "") {
            throw new Error(findings);
        }
        await createCertificates(plane, applied);
        return { plane, applied, operated: relevant.filter(({ object }) => isOperated(object)) };
    } catch (error) {
        await plane.stop();
        throw error;
    }
}

/** Path, without `.crt` and `.key`, of the certificate in a Secret of {@link createCertificates}. */
export function certificatePath({ folder }: Pick<ControlPlane, "folder">, secret: string): string {
    return join(folder, "certificates", secret);
}

/** Does what cert-manager does for the plan's Certificates: creates a Secret for each. */
async function createCertificates(plane: ControlPlane, applied: readonly PlannedObject[]): Promise<void> {
    for (const { object } of applied.filter(({ object: { kind } }) => kind === "Certificate")) {
        const name = textAt(object, "spec", "secretName") ?? "";
        const certificate = issueServerCertificate(dirname(certificatePath(plane, name)), name);
        const path = `/api/v1/namespaces/${namespace}/secrets`;
        await plane.client.must({ method: "POST", path, body: certificateSecret(name, certificate) });
    }
}

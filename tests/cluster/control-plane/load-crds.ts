import { messageOf, type KubeClient } from "./client";
import { isObject, listAt, type KubeObject } from "./json";
import { eventually, inParallel } from "./wait";

const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** Applies CustomResourceDefinitions and returns when every one is Established and served. */
export async function loadCrds(client: KubeClient, crds: readonly KubeObject[]): Promise<void> {
    await inParallel(crds, 6, async (crd) => {
        const { status, body } = await client.apply(crd, { manager: "crds" });
        if (status >= 300) {
            throw new Error(`CustomResourceDefinition ${crd.metadata.name}: ${status} ${messageOf(body)}`);
        }
    });
    await eventually(
        "Established CustomResourceDefinitions",
        async () => {
            const established = await establishedCrds(client);
            const missing = crds.filter(({ metadata }) => !established.includes(metadata.name));
            if (missing.length > 0) {
                throw new Error(
                    `${missing.length} are not Established: ${missing.map(({ metadata }) => metadata.name).join(", ")}`,
                );
            }
            return true;
        },
        { limitMs: 120_000, everyMs: 500 },
    );
}

/** Names of the definitions that the API server serves. */
export async function establishedCrds(client: KubeClient): Promise<string[]> {
    const crds = await client.list(collection);
    return crds.filter(isEstablished).map(({ metadata }) => metadata.name);
}

function isEstablished(crd: KubeObject): boolean {
    return listAt(crd, "status", "conditions").some(
        (condition) => isObject(condition) && condition["type"] === "Established" && condition["status"] === "True",
    );
}

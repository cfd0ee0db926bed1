import type { Finding, Kubectl } from "./checks";

/** How the stack file names its cluster. */
export interface MeantCluster {
    /** `existing.context`. */
    readonly context: string | undefined;
    /** Whether the stack file has a kubeconfig of its own, which names the cluster and is encrypted. */
    readonly ownKubeconfig: boolean;
    /** `existing.identity`. */
    readonly identity: string;
}

const uidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Whether the API server answers. A preview does not notice one that is down: it compares the program with the state only,
 * and says that nothing changes.
 */
export async function reachable(kubectl: Kubectl): Promise<Finding> {
    const requirement = "a cluster that answers";
    try {
        await kubectl(["version", "--output=json"]);
        return { requirement };
    } catch (error) {
        // Without kubectl nothing is known of the cluster.
        if (text(error).includes("ENOENT")) {
            throw error;
        }
        const fix = "start the cluster (minikube start; docker start kind-control-plane), or correct existing.context";
        return { requirement, problem: text(error), fix };
    }
}

/** Whether the stack file names the kubeconfig's context, which another program may change at any time. */
export async function namedContext(kubectl: Kubectl, { context, ownKubeconfig }: MeantCluster): Promise<Finding> {
    if (context !== undefined || ownKubeconfig) {
        return { requirement: context === undefined ? "the stack's own kubeconfig" : `context ${context}` };
    }
    const current = (await kubectl(["config", "current-context"]))?.trim() ?? "";
    return {
        requirement: "a context in the stack file",
        problem: `existing.context is not set, so pulumi uses the current context, now ${current}`,
        fix: `before the first pulumi up: pulumi config set --path existing.context ${current}`,
    };
}

/** Whether the cluster is that of `existing.identity`, if that is the UID of its namespace kube-system. */
export async function sameCluster(kubectl: Kubectl, { identity }: MeantCluster): Promise<Finding> {
    const uid = await kubectl(["get", "namespace", "kube-system", "--output=jsonpath={.metadata.uid}"]);
    const found = uid?.trim() ?? "";
    if (!uidPattern.test(identity)) {
        return { requirement: `cluster ${identity}, which is a name and not compared; the cluster's UID is ${found}` };
    }
    const requirement = `cluster ${identity}`;
    const fix =
        "correct existing.context; if the cluster was created again: pulumi refresh, then set existing.identity to its UID and pulumi up";
    return found === identity ? { requirement } : { requirement, problem: `this is cluster ${found}`, fix };
}

/** Runs kubectl with arguments; what it printed, or undefined where it failed because there is no such thing. */
export type Kubectl = (args: readonly string[]) => Promise<string | undefined>;

/** What a cluster has to have before the platform can be put on it. */
export interface Finding {
    readonly what: string;
    /** undefined where all is well. */
    readonly missing?: string;
    /** What to do about it; absent where all is well. */
    readonly remedy?: string;
}

/** What the stack's configuration asks of the cluster. */
export interface Wanted {
    /** `existing.storageProvisioner`. */
    readonly storageProvisioner: string;
    /** `existing.dedicatedPools`. */
    readonly dedicatedPools: boolean;
    /** Values of the nodes' `workload` label that some pod asks for. */
    readonly pools: readonly string[];
}

type Check = (kubectl: Kubectl, wanted: Wanted) => Promise<Finding>;

const names = (output: string | undefined): string[] => (output ?? "").split(/\s+/).filter((name) => name !== "");

/** The oldest server whose stable features hold all that our pods ask for: the pause before stopping came last. */
const oldest = 34;

const version: Check = async (kubectl) => {
    const what = `Kubernetes 1.${oldest} or newer`;
    const text = (await kubectl(["version", "--output=json"])) ?? "{}";
    const server = (JSON.parse(text) as { serverVersion?: { major: string; minor: string } }).serverVersion;
    if (server === undefined) {
        return { what, missing: "the server does not say its version", remedy: "check the kubeconfig and the context" };
    }
    const minor = Number.parseInt(server.minor, 10);
    return minor >= oldest
        ? { what }
        : { what, missing: `it is ${server.major}.${server.minor}`, remedy: "upgrade the cluster" };
};

const storage: Check = async (kubectl, { storageProvisioner }) => {
    const what = `a driver that makes volumes: ${storageProvisioner}`;
    const drivers = names(await kubectl(["get", "csidrivers", "--output=jsonpath={.items[*].metadata.name}"]));
    // Laptop clusters' provisioners are no CSI drivers, but a class of theirs is there from the start.
    const classes = names(await kubectl(["get", "storageclasses", "--output=jsonpath={.items[*].provisioner}"]));
    const known = [...new Set([...drivers, ...classes])].sort();
    return known.includes(storageProvisioner)
        ? { what }
        : {
              what,
              missing: known.length === 0 ? "there is none" : `there are ${known.join(", ")}`,
              remedy: "install the driver, or set existing.storageProvisioner to one that is there",
          };
};

const metrics: Check = async (kubectl) => {
    const what = "the metrics API, which autoscalers read";
    const path = '--output=jsonpath={.status.conditions[?(@.type=="Available")].status}';
    const status = await kubectl(["get", "apiservice", "v1beta1.metrics.k8s.io", path]);
    if (status?.trim() === "True") {
        return { what };
    }
    const remedy = "install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)";
    return { what, missing: status === undefined ? "there is none" : "it does not answer", remedy };
};

/** Kinds of the Gateway API that the edge is made of. */
const gatewayKinds = ["gatewayclasses", "gateways", "httproutes"];

const gateway: Check = async (kubectl) => {
    const what = "the Gateway API's definitions";
    const output = "--output=jsonpath={.items[*].metadata.name}";
    const known = names(await kubectl(["get", "customresourcedefinitions", output]));
    const missing = gatewayKinds.filter((kind) => !known.includes(`${kind}.gateway.networking.k8s.io`));
    const remedy = "apply the standard channel of a release of kubernetes-sigs/gateway-api";
    return missing.length === 0 ? { what } : { what, missing: `there is no ${missing.join(", ")}`, remedy };
};

const pools: Check = async (kubectl, { dedicatedPools, pools: wanted }) => {
    const what = "nodes of every pool that a pod asks for";
    if (!dedicatedPools) {
        return { what };
    }
    const labelled = names(await kubectl(["get", "nodes", "--output=jsonpath={.items[*].metadata.labels.workload}"]));
    const missing = wanted.filter((pool) => !labelled.includes(pool));
    const remedy = "label nodes workload=<pool> and taint them, or set existing.dedicatedPools to false";
    return missing.length === 0 ? { what } : { what, missing: `no node has workload=${missing.join(", ")}`, remedy };
};

/** Looks at a cluster; nothing is changed there. */
export async function preflight(kubectl: Kubectl, wanted: Wanted): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const check of [version, storage, metrics, gateway, pools]) {
        findings.push(await check(kubectl, wanted));
    }
    return findings;
}

/** One line a finding, the remedy below what is missing. */
export function report(findings: readonly Finding[]): string[] {
    return findings.flatMap(({ what, missing, remedy }) =>
        missing === undefined ? [`ok       ${what}`] : [`missing  ${what}: ${missing}`, `         ${remedy ?? ""}`],
    );
}

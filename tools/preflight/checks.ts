import { type MeantCluster, namedContext, reachable, sameCluster } from "./cluster";

/** Runs kubectl; returns its output, or undefined if the object or the resource type does not exist. */
export type Kubectl = (args: readonly string[]) => Promise<string | undefined>;

/** Result of one check. */
export interface Finding {
    readonly requirement: string;
    /** The problem; absent if the requirement is met. */
    readonly problem?: string;
    /** Absent if the requirement is met. */
    readonly fix?: string;
}

/** Requirements from the stack's configuration. */
export interface Requirements {
    /** `existing.storageProvisioner`. */
    readonly storageProvisioner: string;
    /** `existing.dedicatedPools`. */
    readonly dedicatedPools: boolean;
    /** Values of the nodes' `workload` label that pods select. */
    readonly pools: readonly string[];
    /** Whether the cluster has to have its own metrics server: `existing.metricsServer` is `present`. */
    readonly ownMetrics: boolean;
    readonly cluster: MeantCluster;
}

type Check = (kubectl: Kubectl, requirements: Requirements) => Promise<Finding>;

const names = (output: string | undefined): string[] => (output ?? "").split(/\s+/).filter((name) => name !== "");

/** First minor version with all features of our pods; the last was the sleep action of preStop hooks. */
const minimumMinor = 34;

const version: Check = async (kubectl) => {
    const requirement = `Kubernetes 1.${minimumMinor} or newer`;
    const text = (await kubectl(["version", "--output=json"])) ?? "{}";
    const server = (JSON.parse(text) as { serverVersion?: { major: string; minor: string } }).serverVersion;
    if (server === undefined) {
        return { requirement, problem: "the server reports no version", fix: "check the kubeconfig and the context" };
    }
    const minor = Number.parseInt(server.minor, 10);
    return minor >= minimumMinor
        ? { requirement }
        : { requirement, problem: `the server is ${server.major}.${server.minor}`, fix: "upgrade the cluster" };
};

const storage: Check = async (kubectl, { storageProvisioner }) => {
    const requirement = `volume provisioner ${storageProvisioner}`;
    const drivers = names(await kubectl(["get", "csidrivers", "--output=jsonpath={.items[*].metadata.name}"]));
    // Provisioners of kind and minikube are not CSI drivers, but have a storage class.
    const classes = names(await kubectl(["get", "storageclasses", "--output=jsonpath={.items[*].provisioner}"]));
    const known = [...new Set([...drivers, ...classes])].sort();
    return known.includes(storageProvisioner)
        ? { requirement }
        : {
              requirement,
              problem: known.length === 0 ? "the cluster has none" : `the cluster has ${known.join(", ")}`,
              fix: "install it, or set existing.storageProvisioner to an installed one",
          };
};

const metrics: Check = async (kubectl, { ownMetrics }) => {
    const requirement = "metrics API (metrics.k8s.io) for autoscalers";
    if (!ownMetrics) {
        // The add-ons install it.
        return { requirement };
    }
    const path = '--output=jsonpath={.status.conditions[?(@.type=="Available")].status}';
    const status = await kubectl(["get", "apiservice", "v1beta1.metrics.k8s.io", path]);
    if (status?.trim() === "True") {
        return { requirement };
    }
    const fix = "install metrics-server (minikube addons enable metrics-server; on kind its Helm chart)";
    return { requirement, problem: status === undefined ? "not installed" : "not available", fix };
};

/** Kinds of the Gateway API that the edge layer uses. */
const gatewayKinds = ["gatewayclasses", "gateways", "httproutes"];

const gateway: Check = async (kubectl) => {
    const requirement = "Gateway API CRDs";
    const output = "--output=jsonpath={.items[*].metadata.name}";
    const known = names(await kubectl(["get", "customresourcedefinitions", output]));
    const missing = gatewayKinds.filter((kind) => !known.includes(`${kind}.gateway.networking.k8s.io`));
    const fix = "apply the standard channel of a kubernetes-sigs/gateway-api release";
    return missing.length === 0 ? { requirement } : { requirement, problem: `missing ${missing.join(", ")}`, fix };
};

const pools: Check = async (kubectl, { dedicatedPools, pools: selected }) => {
    const requirement = "nodes for every pool that pods select";
    if (!dedicatedPools) {
        return { requirement };
    }
    const labelled = names(await kubectl(["get", "nodes", "--output=jsonpath={.items[*].metadata.labels.workload}"]));
    const missing = selected.filter((pool) => !labelled.includes(pool));
    const fix = "label nodes workload=<pool> and taint them, or set existing.dedicatedPools to false";
    return missing.length === 0
        ? { requirement }
        : { requirement, problem: `no node has the label workload=${missing.join(", ")}`, fix };
};

/** Runs all checks, which are read-only. */
export async function preflight(kubectl: Kubectl, requirements: Requirements): Promise<Finding[]> {
    const findings: Finding[] = [await reachable(kubectl)];
    if (findings.some(({ problem }) => problem !== undefined)) {
        return findings;
    }
    findings.push(await namedContext(kubectl, requirements.cluster), await sameCluster(kubectl, requirements.cluster));
    for (const check of [version, storage, metrics, gateway, pools]) {
        findings.push(await check(kubectl, requirements));
    }
    return findings;
}

/** One line per finding; the fix on a second line. */
export function report(findings: readonly Finding[]): string[] {
    return findings.flatMap(({ requirement, problem, fix }) =>
        problem === undefined
            ? [`ok       ${requirement}`]
            : [`failed   ${requirement}: ${problem}`, `         ${fix ?? ""}`],
    );
}

import type { Credentials } from "./credentials";

/** Socket files of etcd in the run's folder; etcd requires names of the form host:port. */
export const etcdSocket = "localhost:2379";
const etcdPeerSocket = "localhost:2380";

/**
 * etcd listens on unix sockets in the run's folder only, so that no port is open and only the folder's owner has access.
 * fsync is off, because the data is discarded after a crash.
 */
export function etcdArgs(data: string): string[] {
    const client = `unix://${etcdSocket}`;
    const peer = `unix://${etcdPeerSocket}`;
    return [
        "--name=member",
        `--data-dir=${data}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=member=${peer}`,
        "--unsafe-no-fsync",
        "--log-level=warn",
    ];
}

/** The API server as in a managed cluster: default admission plugins and NodeRestriction, Node and RBAC authorization. */
export function apiServerArgs(port: number, certificates: string, credentials: Credentials): string[] {
    return [
        `--etcd-servers=unix://${etcdSocket}`,
        `--secure-port=${port}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--cert-dir=${certificates}`,
        // A single API server, which must not publish the endpoint of `kubernetes.default`.
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        `--service-account-signing-key-file=${credentials.signingKeyFile}`,
        `--service-account-key-file=${credentials.verifyKeyFile}`,
        `--token-auth-file=${credentials.tokenFile}`,
        "--anonymous-auth=false",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        // As on real clusters, so that Pod Security is what refuses privileged pods.
        "--allow-privileged=true",
        "--profiling=false",
    ];
}

/** The definitions' schemas are hundreds of MiB that live as long as the server: rarer collections take a quarter less CPU. */
export const apiServerEnvironment = { GOGC: "400", GOMEMLIMIT: "2GiB" };

/** All controllers, each with its own service account as on a real cluster. */
export function controllerManagerArgs(kubeconfig: string, ca: string, credentials: Credentials): string[] {
    return [
        `--kubeconfig=${kubeconfig}`,
        "--leader-elect=false",
        // No listener; readiness is observed through created objects.
        "--secure-port=0",
        "--use-service-account-credentials=true",
        `--service-account-private-key-file=${credentials.signingKeyFile}`,
        `--root-ca-file=${ca}`,
        "--cluster-name=control-plane",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
        // 1 s instead of the default 15 s; the decisions are the same.
        "--horizontal-pod-autoscaler-sync-period=1s",
        "--profiling=false",
    ];
}

export function schedulerArgs(kubeconfig: string): string[] {
    return [
        `--kubeconfig=${kubeconfig}`,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
        "--profiling=false",
    ];
}

/** kwok simulates the kubelet of every node; without a server address it does not listen. */
export function kwokArgs(kubeconfig: string, config: string): string[] {
    return [
        `--kubeconfig=${kubeconfig}`,
        "--manage-all-nodes=true",
        // The kubelet's default of 40 s, renewed every 10 s. Without leases kwok sends a heartbeat about every 50 s, which
        // is the node controller's grace period: after that time pods lose Ready and never regain it.
        "--node-lease-duration-seconds=40",
        `--config=${config}`,
    ];
}

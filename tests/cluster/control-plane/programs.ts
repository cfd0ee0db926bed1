import type { Credentials } from "./credentials";

/** Socket files of etcd in the run's folder; named as etcd insists on, host and port. */
export const etcdSocket = "localhost:2379";
const etcdPeerSocket = "localhost:2380";

/**
 * etcd on unix sockets in the run's own folder: no port at all, and only the owner of the folder gets in. Durability is
 * off, because a data folder never outlives a crash.
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

/** The API server as a managed cluster runs it: default admission plugins and NodeRestriction, Node and RBAC. */
export function apiServerArgs(port: number, certificates: string, credentials: Credentials): string[] {
    return [
        `--etcd-servers=unix://${etcdSocket}`,
        `--secure-port=${port}`,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        `--cert-dir=${certificates}`,
        // No other API server takes part, and the endpoint of `kubernetes.default` is not ours to publish.
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        `--service-account-signing-key-file=${credentials.signingKeyFile}`,
        `--service-account-key-file=${credentials.verifyKeyFile}`,
        `--token-auth-file=${credentials.tokenFile}`,
        "--anonymous-auth=false",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        // Real clusters allow it and leave the refusing to Pod Security, which is what is to be proved.
        "--allow-privileged=true",
        "--profiling=false",
    ];
}

/** The controllers, every one of them; as its own account each, as on a real cluster. */
export function controllerManagerArgs(kubeconfig: string, ca: string, credentials: Credentials): string[] {
    return [
        `--kubeconfig=${kubeconfig}`,
        "--leader-elect=false",
        // No listener: readiness shows in what it does.
        "--secure-port=0",
        "--use-service-account-credentials=true",
        `--service-account-private-key-file=${credentials.signingKeyFile}`,
        `--root-ca-file=${ca}`,
        "--cluster-name=control-plane",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
        // Seconds instead of the quarter minute of a real cluster: what it decides is the same.
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

/** kwok plays the kubelet of every node; without a server address it listens nowhere. */
export function kwokArgs(kubeconfig: string, config: string): string[] {
    return [
        `--kubeconfig=${kubeconfig}`,
        "--manage-all-nodes=true",
        // A kubelet's own 40 s, renewed every ten. Without leases kwok gives a sign of life every 50 s or so, which is the
        // controllers' patience: all pods of a cluster that lives for longer are then no longer Ready, for good.
        "--node-lease-duration-seconds=40",
        `--config=${config}`,
    ];
}

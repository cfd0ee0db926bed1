import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { KubeClient } from "../../../cluster/control-plane/client";
import { bagsAt, stringAt, type Value } from "../core/value";

/**
 * Path of the kubeconfig of a real API server. It wins over the kubeconfig that the program gives the provider: that of
 * a managed cluster comes from the cloud's stand-in, and leads to a cluster that does not exist.
 */
export const KUBECONFIG_VARIABLE = "ENGINE_TEST_KUBECONFIG";

/** A client for the only cluster and the only user of a kubeconfig, as the control plane of the tests writes it. */
export function clientOf(kubeconfig: string): KubeClient {
    const config = parse(readFileSync(kubeconfig, "utf8")) as Value;
    const [cluster] = bagsAt(config, "clusters");
    const [user] = bagsAt(config, "users");
    const server = stringAt(cluster, "cluster.server");
    const ca = stringAt(cluster, "cluster.certificate-authority-data");
    const token = stringAt(user, "user.token");
    if (server === undefined || ca === undefined || token === undefined) {
        throw new Error(`${KUBECONFIG_VARIABLE}: ${kubeconfig} needs a server, its certificate authority and a token`);
    }
    return new KubeClient({ server, ca: Buffer.from(ca, "base64").toString("utf8"), token });
}

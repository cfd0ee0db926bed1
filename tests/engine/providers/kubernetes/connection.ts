import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { KubeClient } from "../../../cluster/control-plane/client";
import { bagsAt, stringAt, type Value } from "../core/value";

/**
 * Environment variable with the kubeconfig of a real API server. It overrides the provider's kubeconfig, which for a
 * managed cluster comes from the cloud's stand-in and names a server that does not exist.
 */
export const KUBECONFIG_VARIABLE = "ENGINE_TEST_KUBECONFIG";

/** A client for the first cluster and user of a kubeconfig. @throws Error when server, CA or token is missing. */
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

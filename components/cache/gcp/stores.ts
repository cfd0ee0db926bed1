import * as pulumi from "@pulumi/pulumi";

import { instancesOf } from "../instances";
import { type ManagedArgs, managedStores, networkOf, valkeySettings, type ValkeyStores } from "../managed";
import { MemorystoreAccess } from "./access";
import { MemorystoreKey } from "./key";
import { Memorystore } from "./memorystore";
import { PrivateAccess } from "./private-access";
import { MemorystoreUsers } from "./users";

/** The Valkey clusters in Memorystore (CA-01, CA-06). */
export function memorystoreStores(
    name: string,
    args: ManagedArgs,
    opts: pulumi.ComponentResourceOptions,
): ValkeyStores {
    const { config, declared, cluster, namespaces } = args;
    const all = instancesOf(config).flatMap((instance) => declared.graph.storeCallers(instance.name));
    const { vpcId } = new PrivateAccess(`${name}-private-access`, { config, network: networkOf(args) }, opts);
    const { id: key } = new MemorystoreKey(`${name}-key`, { config }, opts);
    const users = new MemorystoreUsers(name, { config, cluster, callers: all }, opts);
    const nodeTypes = { "valkey-state": config.cache.stateNodeType, "valkey-cache": config.cache.cacheNodeType };
    return managedStores(args, ({ instance, callers }) => {
        const nodeType = nodeTypes[instance.name] ?? "";
        const own = { config, instance, nodeType, callers, users: users.names, vpcId, key };
        const memorystore = new Memorystore(instance.name, own, opts);
        const { address, authority } = memorystore;
        const access = new MemorystoreAccess(
            `${instance.name}-access`,
            { instance: instance.name, callers, namespaces, users: users.names, authority },
            opts,
        );
        return {
            address,
            credentialsOf: (workload) => access.serviceSecrets[workload],
            settingsOf: (workload) => ({
                ...valkeySettings(address, users.names[workload] ?? ""),
                // Besides the user, the folder of credentials has the authority.
                CA: "credentials",
                // The password is a token of the workload's account.
                AUTH: "google-iam",
            }),
            accountAnnotationsOf: (workload) =>
                callers.some((caller) => caller.workload === workload) ? users.annotations[workload] : undefined,
            ready: [memorystore, access],
        };
    });
}

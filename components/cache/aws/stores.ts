import type * as pulumi from "@pulumi/pulumi";

import { AwsKey } from "../../common/aws/storage-key";
import { type ManagedArgs, managedStores, networkOf, valkeySettings, type ValkeyStores } from "../managed";
import { ElastiCache } from "./elasticache";
import { ElastiCacheAccess } from "./private-access";
import { ElastiCacheUsers } from "./users";

/** The Valkey clusters in ElastiCache (CA-01, CA-06). */
export function elastiCacheStores(
    name: string,
    args: ManagedArgs,
    opts: pulumi.ComponentResourceOptions,
): ValkeyStores {
    const { config, cluster, namespaces } = args;
    const network = networkOf(args);
    const callers = cluster.podSecurityGroup;
    if (callers === undefined) {
        throw new Error(
            "cache.kind elasticache needs the security group of an EKS cluster's pods; give valkey elsewhere",
        );
    }
    const { subnetGroupName, securityGroupId } = new ElastiCacheAccess(`${name}-access`, { network, callers }, opts);
    const description = "Stored data and snapshots of the managed caches";
    // ElastiCache uses it on behalf of those who may use the caches: its grants are made through the service.
    const viaService = `elasticache.${config.region}`;
    const { arn: key } = new AwsKey(`${name}-key`, { config, description, viaService }, opts);
    const nodeTypes = { "valkey-state": config.cache.stateNodeType, "valkey-cache": config.cache.cacheNodeType };
    return managedStores(args, ({ instance, callers: workloads }) => {
        const users = new ElastiCacheUsers(
            `${instance.name}-users`,
            { stack: config.stack, instance: instance.name, callers: workloads, namespaces },
            opts,
        );
        const nodeType = nodeTypes[instance.name] ?? "";
        const { groupId: userGroupId } = users;
        const own = { config, instance, nodeType, subnetGroupName, securityGroupId, userGroupId, key };
        const elastiCache = new ElastiCache(instance.name, own, opts);
        const { address } = elastiCache;
        return {
            address,
            credentialsOf: (workload) => users.serviceSecrets[workload],
            // Its certificates are of Amazon's public authority, which the system trusts.
            // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
            settingsOf: (workload) => ({ ...valkeySettings(address, workload), CA: "system" }),
            ready: [elastiCache],
        };
    });
}

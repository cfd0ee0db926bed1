import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import { Credentials } from "../../common/credentials";
import type { Namespaces } from "../../security/types";
import type { InstanceName } from "../instances";
import { permissions, serviceUser } from "../valkey/acl";

/** Arguments of {@link ElastiCacheUsers}. */
export interface ElastiCacheUsersArgs {
    readonly stack: string;
    readonly instance: InstanceName;
    readonly callers: readonly StoreCaller[];
    readonly namespaces: Namespaces;
}

/**
 * Id of a user or a group, unique in the account and region: letters, digits and dashes, in lower case.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html
 */
export function elastiCacheId(...parts: readonly string[]): string {
    return ["ecommerce", ...parts]
        .join("-")
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-");
}

/**
 * The callers of a cluster as ElastiCache's users, with the rights that they have with pods too (SC-05, SC-07). A group of
 * engine `valkey` has only users with a password, so there is no default user.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export class ElastiCacheUsers extends pulumi.ComponentResource {
    /** Id of the group; resolves when its users exist. */
    public readonly groupId: pulumi.Output<string>;
    /** The Secret of each service, in its own namespace. */
    public readonly serviceSecrets: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: ElastiCacheUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ElastiCacheUsers", name, {}, opts);
        const { stack, instance, callers, namespaces } = args;
        const child = { parent: this };
        const users = callers.map((caller) => {
            const { workload, namespace } = caller;
            const credentials = new Credentials(
                `${name}-${workload}`,
                {
                    secretName: `${instance}-${workload}`,
                    component: "cache",
                    username: workload,
                    namespaces: { [namespace]: namespaces[namespace] },
                },
                child,
            );
            const user = new elasticache.User(
                `${name}-${workload}`,
                {
                    engine: "valkey",
                    userId: elastiCacheId(stack, instance, workload),
                    userName: workload,
                    // `reset` and passwords are not allowed here; a new user has no rights.
                    accessString: `on ${permissions(serviceUser(caller))}`,
                    passwords: [credentials.password],
                },
                child,
            );
            return { workload, user, secretName: credentials.secretIn(namespace) };
        });
        const group = new elasticache.UserGroup(
            name,
            {
                engine: "valkey",
                userGroupId: elastiCacheId(stack, instance),
                userIds: users.map(({ user }) => user.userId),
            },
            child,
        );
        this.groupId = group.userGroupId;
        this.serviceSecrets = Object.fromEntries(users.map(({ workload, secretName }) => [workload, secretName]));
        this.registerOutputs({ groupId: this.groupId, serviceSecrets: this.serviceSecrets });
    }
}

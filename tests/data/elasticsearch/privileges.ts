/** A role of `roles.yml`. */
export interface Role {
    readonly cluster: readonly string[];
    readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/**
 * The actions of the named privileges. Read: elastic/elasticsearch at 00f7f4b, ClusterPrivilegeResolver.java, and
 * https://www.elastic.co/docs/reference/elasticsearch/security-privileges. Others are not known here, and allow nothing.
 */
const named: Readonly<Record<string, readonly string[]>> = {
    manage_slm: ["cluster:admin/slm/*"],
    create_snapshot: [
        "cluster:admin/snapshot/create",
        "cluster:admin/snapshot/get",
        "cluster:admin/snapshot/status*",
        "cluster:admin/repository/get",
    ],
    monitor_snapshot: ["cluster:admin/snapshot/get", "cluster:admin/snapshot/status*", "cluster:admin/repository/get"],
    manage: ["indices:admin/*", "indices:monitor/*"],
};

/** Whether a pattern with `*` matches. */
export function matches(pattern: string, value: string): boolean {
    const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(value);
}

function grants(privileges: readonly string[], action: string): boolean {
    const patterns = privileges.flatMap((one) => named[one] ?? (/^(cluster|indices):/.test(one) ? [`${one}*`] : []));
    return patterns.some((pattern) => matches(pattern, action));
}

/** Whether a role may do this: on the cluster, or on every one of these names or patterns of indexes. */
export function may({ cluster, indices }: Role, action: string, names: readonly string[] = []): boolean {
    return action.startsWith("cluster:")
        ? grants(cluster, action)
        : names.every((name) =>
              indices.some((one) => grants(one.privileges, action) && one.names.some((own) => matches(own, name))),
          );
}

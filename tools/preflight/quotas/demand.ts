/** Nodes of one pool that a plan can ask for at most. */
export interface NodeDemand {
    readonly machineType: string;
    readonly spot: boolean;
    /** Nodes with the autoscaler at its maximum. */
    readonly nodes: number;
    /** Nodes that an update of the pool adds for a while. */
    readonly surge: number;
    /** Root volume. */
    readonly disk: { readonly type: string; readonly gib: number };
}

/** What a stack needs of one quota of its region. */
export interface QuotaNeed {
    /** Name by which the cloud knows it, and on AWS its code. */
    readonly quota: string;
    readonly unit: "vCPU" | "GB" | "addresses";
    /** With all autoscalers at their maximum. */
    readonly running: number;
    /** While every pool is updated as well. */
    readonly updating: number;
}

/** What a pool needs of the quotas of its machines, with `vcpu` each, and of its disks. */
export function poolNeeds(pool: NodeDemand, vcpu: number, cpuQuota: string, diskQuota: string): QuotaNeed[] {
    const need = (quota: string, unit: QuotaNeed["unit"], each: number): QuotaNeed => ({
        quota,
        unit,
        running: pool.nodes * each,
        updating: (pool.nodes + pool.surge) * each,
    });
    return [need(cpuQuota, "vCPU", vcpu), need(diskQuota, "GB", pool.disk.gib)];
}

/** The sum of the needs of each quota, by unit and name; without quotas of which nothing is needed. */
export function summed(shares: readonly QuotaNeed[]): QuotaNeed[] {
    const sums = new Map<string, QuotaNeed>();
    for (const share of shares) {
        const before = sums.get(share.quota);
        sums.set(share.quota, {
            ...share,
            running: (before?.running ?? 0) + share.running,
            updating: (before?.updating ?? 0) + share.updating,
        });
    }
    const order: readonly QuotaNeed["unit"][] = ["vCPU", "GB", "addresses"];
    return [...sums.values()]
        .filter(({ updating }) => updating > 0)
        .sort((a, b) => order.indexOf(a.unit) - order.indexOf(b.unit) || (a.quota < b.quota ? -1 : 1));
}

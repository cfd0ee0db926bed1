import { series } from "../../../config/gcp-disks";
import { machines } from "../../../config/machines";
import { at, numberAt, textAt } from "../../plan/json";
import type { PlannedResource } from "../../plan/record/types";
import { type NodeDemand, poolNeeds, type QuotaNeed, summed } from "./demand";

/** Ports of an address that Cloud NAT can assign. https://docs.cloud.google.com/nat/docs/ports-and-addresses */
const natPorts = 64_512;

/**
 * Series with a vCPU quota of their own; e2 counts for CPUS, later ones for a quota with the family as its dimension. The names
 * are the metrics of https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.Compute.V1/latest/Google.Cloud.Compute.V1.Quota.Types.Metric,
 * which has E2_CPUS too: which of the two e2 counts for was not found.
 */
const ownQuota = new Set(["c2", "c2d", "c3", "n2", "n2d"]);

/** The vCPU quota of a machine. https://docs.cloud.google.com/compute/resource-usage#cpu_quota */
function cpuQuota({ machineType, spot }: NodeDemand): string {
    const family = series(machineType);
    if (spot) {
        return "PREEMPTIBLE_CPUS";
    }
    if (family === "e2") {
        return "CPUS";
    }
    return ownQuota.has(family) ? `${family.toUpperCase()}_CPUS` : `CPUS_PER_VM_FAMILY (${family.toUpperCase()})`;
}

/** The quota of a disk type: pd-ssd and pd-balanced share one. https://docs.cloud.google.com/compute/resource-usage#disk_quota */
function diskQuota(type: string): string {
    if (type.startsWith("hyperdisk")) {
        return "HDB_TOTAL_GB";
    }
    return type === "pd-standard" ? "DISKS_TOTAL_GB" : "SSD_TOTAL_GB";
}

function demandOf({ inputs }: PlannedResource): NodeDemand {
    const node = at(inputs, "nodeConfig");
    return {
        machineType: textAt(node, "machineType") ?? "",
        spot: at(node, "spot") === true,
        nodes: numberAt(inputs, "autoscaling", "totalMaxNodeCount") ?? 0,
        surge: numberAt(inputs, "upgradeSettings", "maxSurge") ?? 0,
        disk: { type: textAt(node, "diskType") ?? "", gib: numberAt(node, "diskSizeGb") ?? 0 },
    };
}

/** Addresses of Cloud NAT, which takes as many as the ports of all nodes need. */
function natShare({ inputs }: PlannedResource, nodes: number, withSurge: number): QuotaNeed {
    const ports = numberAt(inputs, "maxPortsPerVm") ?? 0;
    const addresses = (count: number): number => Math.ceil((count * ports) / natPorts);
    return {
        quota: "IN_USE_ADDRESSES",
        unit: "addresses",
        running: addresses(nodes),
        updating: addresses(withSurge),
    };
}

/** What a stack on Google Cloud needs of the regional quotas of Compute Engine. */
export function gcpQuotas(resources: readonly PlannedResource[]): QuotaNeed[] {
    const pools = resources.filter(({ type }) => type === "gcp:container/nodePool:NodePool").map(demandOf);
    const nodes = pools.reduce((sum, pool) => sum + pool.nodes, 0);
    const withSurge = pools.reduce((sum, pool) => sum + pool.nodes + pool.surge, 0);
    const shares = pools.flatMap((pool) =>
        poolNeeds(pool, machines.gcp[pool.machineType]?.vcpu ?? 0, cpuQuota(pool), diskQuota(pool.disk.type)),
    );
    const nat = resources
        .filter(({ type }) => type === "gcp:compute/routerNat:RouterNat")
        .map((resource) => natShare(resource, nodes, withSurge));
    return summed([...shares, ...nat]);
}

import { ports } from "../../catalog/graph";
import type { Workload, Workloads } from "../../catalog/types";
import { homePool } from "../../config/profiles";
import { replicaBounds } from "./config";
import type { LayerConfig } from "./layer-config";
import { images } from "../common/images";
import { selectorLabels } from "../common/labels";
import type { Caller, Declaration, DeclareArgs, Destination, PodGroup, PodLoad } from "../layer";
import { declareJobs } from "./jobs/declare";

/** Callers in the catalogue, any address for the gateway, and Prometheus. */
function callersOf(name: string, workload: Workload, workloads: Workloads): Caller[] {
    const callers = Object.entries(workloads).filter(([, other]) => other.calls.workloads?.includes(name) === true);
    return [
        ...callers.map(([caller, { namespace }]): Caller => ({
            pods: { namespace, labels: selectorLabels(caller) },
            port: ports.http,
        })),
        // The gateway accepts traffic from any address.
        ...(workload.public === true ? [{ anyAddress: ports.http }] : []),
        { metrics: ports.management },
    ];
}

function callsOf({ calls }: Workload, workloads: Workloads): Destination[] {
    return [
        ...(calls.workloads ?? []).flatMap((name): Destination[] => {
            const callee = workloads[name];
            return callee === undefined
                ? []
                : [{ pods: { namespace: callee.namespace, labels: selectorLabels(name) }, port: ports.http }];
        }),
        ...(calls.stores ?? []).map((store): Destination => ({ store })),
        ...(calls.hosts ?? []).map(({ port }): Destination => ({ internet: port })),
    ];
}

/** The catalogue's minimum serves the baseline with the requests of prod's pods; other tiers have smaller pods (AS-12). */
function loadOf({ scaling }: Workload, { tier, replicas }: LayerConfig): { readonly load?: PodLoad } {
    const { min, requestsPerSecond, followsCustomers = true } = scaling;
    return tier === "prod" && replicas.autoscale && followsCustomers
        ? { load: { baseline: min, ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }) } }
        : {};
}

function groupOf(name: string, workload: Workload, { config, workloads }: DeclareArgs<LayerConfig>): PodGroup {
    const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = config.resources;
    const { min, max } = replicaBounds(config, name, workload.scaling);
    return {
        name,
        namespace: workload.namespace,
        labels: selectorLabels(name),
        app: { name, component: workload.importance },
        source: "object",
        pool: config.dedicatedPools ? homePool(config.profile, workload) : "app",
        // A rolling update adds one pod before it removes one.
        count: { min, max, surge: 1, ...loadOf(workload, config) },
        resources: {
            requests: { cpu: cpuRequest, memory: memoryRequest },
            limits: { cpu: cpuLimit, memory: memoryLimit },
        },
        spread: config.spread,
        callers: callersOf(name, workload, workloads),
        calls: callsOf(workload, workloads),
    };
}

/** The pods of the catalogue's workloads, and their images: a service's own, or the stand-in (SV-01 to SV-11); and its jobs. */
export function declareServices(args: DeclareArgs<LayerConfig>): Declaration {
    const { config, workloads } = args;
    const jobs = declareJobs(config);
    const own = Object.keys(workloads).map((name) => {
        const image = config.services[name]?.image;
        return image === undefined ? { image: images.standIn } : { image, own: true };
    });
    return {
        images: [...own, ...jobs.images],
        pods: [...Object.entries(workloads).map(([name, workload]) => groupOf(name, workload, args)), ...jobs.pods],
        jobs: jobs.jobs,
    };
}

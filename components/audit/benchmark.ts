import type * as pulumi from "@pulumi/pulumi";

import type { Cloud } from "../../config/schema";
import { KubeBench } from "./kube-bench";
import type { LayerConfig } from "./layer-config";

/** CIS benchmarks by cloud, in kube-bench's versions; none for existing clusters. */
const benchmarks: Readonly<Partial<Record<Cloud, string>>> = { gcp: "gke-1.9.0", aws: "eks-1.8.0" };

/** The benchmark of a stack's cluster; undefined where there is none. */
export function benchmarkOf({ cloud }: Pick<LayerConfig, "cloud">): string | undefined {
    return benchmarks[cloud];
}

/** Compares the cluster with the CIS benchmark each week, in a replica too (SC-12). */
export function createBenchmark(
    name: string,
    { config, namespace }: { readonly config: LayerConfig; readonly namespace: pulumi.Input<string> },
    opts: pulumi.ComponentResourceOptions,
): KubeBench | undefined {
    const benchmark = benchmarkOf(config);
    const { images } = config;
    return benchmark === undefined ? undefined : new KubeBench(name, { namespace, benchmark, images }, opts);
}

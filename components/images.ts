import type { Workloads } from "../catalog/types";
import type { PlatformConfig } from "../config/resolve";
import { chartsOf } from "./addons";
import { benchmarkOf } from "./audit";
import { placeholders } from "./capacity/size";
import { mirrored, platformImage, repositoryOf } from "./common/images";

/**
 * The repositories of every image that a stack runs, sorted: those of its services, or of the stand-in where one has no
 * image yet, of the placeholder pods and the benchmark, and of the charts that it installs. What a new layer runs has to
 * be added here, or its pods are refused where the project admits listed images only (G9); a test walks the plan for
 * images.
 */
export function imageRepositories(config: PlatformConfig, workloads: Workloads): string[] {
    const { mirror } = config.images;
    const services = Object.keys(workloads).map(
        (service) => config.services[service]?.image ?? platformImage("standIn", mirror),
    );
    const idle = placeholders(config) === undefined ? [] : [platformImage("pause", mirror)];
    const benchmark = benchmarkOf(config) === undefined ? [] : [platformImage("kubeBench", mirror)];
    const charts = chartsOf(config).flatMap(({ images }) =>
        images.map(({ repository }) => mirrored(repository, mirror)),
    );
    return [...new Set([...services, ...idle, ...benchmark].map(repositoryOf).concat(charts))].sort();
}

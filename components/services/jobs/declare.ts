import { homePool } from "../../../config/profiles";
import { selectorLabels } from "../../common/labels";
import type { Declaration } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { definedJobs, jobsOf } from "./definitions";

/** `app.kubernetes.io/component` of the jobs' objects. */
export const jobComponent = "job";

/** The jobs as callers of stores, their pods and their images. */
export function declareJobs(config: LayerConfig): Required<Pick<Declaration, "images" | "pods" | "jobs">> {
    const all = definedJobs(config);
    return {
        jobs: jobsOf(config),
        images: all.flatMap(({ definition }) => definition.images.map((image) => ({ image }))),
        pods: all.map(({ name, job, definition }) => ({
            name,
            namespace: job.namespace,
            labels: selectorLabels(name),
            app: { name, component: jobComponent },
            source: "object",
            pool: config.dedicatedPools ? homePool(config.profile, job) : "app",
            // The scheduled run, and one that is started by hand meanwhile; none between runs.
            count: { min: 0, max: 2, surge: 0 },
            job: true,
            resources: definition.resources,
            spread: "preferred",
            callers: [],
            calls: job.calls.stores.map((store) => ({ store })),
        })),
    };
}

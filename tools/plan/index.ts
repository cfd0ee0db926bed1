/** The in-process plan as a library: plans stacks without engine, cloud or network. */
export { capacity, standIns, type PoolCapacity, type PoolLoad } from "./review/capacity";
export { Fault } from "./fault";
export type { Json, JsonObject } from "./json";
export type { HelmRelease, KubernetesObject } from "./render/kubernetes";
export { secretMarker, unknownMarker } from "./record/markers";
export { planStack, type Plan, type PlanArgs } from "./plan";
export { record, type Program, type RecordArgs, type StackConfig } from "./record/record";
export { renderHelm, renderKubernetes, type RenderedFile, type RenderedObject } from "./render/files";
export { projectRoot } from "./root";
export { readStack, stackNames } from "./record/stack-config";
export type { PlannedOptions, PlannedResource, Recording } from "./record/types";

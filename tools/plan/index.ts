/** The in-process plan as a library: what a stack would become, without an engine, a cloud or a network. */
export { capacity, standIns, type PoolCapacity, type PoolLoad } from "./capacity";
export { Fault } from "./fault";
export type { Json, JsonObject } from "./json";
export type { HelmRelease, KubernetesObject } from "./kubernetes";
export { secretMarker, unknownMarker } from "./markers";
export { planStack, type Plan, type PlanArgs } from "./plan";
export { record, type Program, type RecordArgs, type StackConfig } from "./record";
export { renderHelm, renderKubernetes, type RenderedFile, type RenderedObject } from "./render";
export { projectRoot } from "./root";
export { readStack, stackNames } from "./stack-config";
export type { PlannedOptions, PlannedResource, Recording } from "./types";

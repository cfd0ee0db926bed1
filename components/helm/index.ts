/** Declares and installs Helm charts. */
export { chartReplicas, declareCharts } from "./declare";
export { chartPriorityClass, type InstallArgs, installCharts, settingsOf } from "./install";
export { ChartRelease } from "./release";
export type { Chart, ChartImage, ChartPods, ChartSettings, ImageValues } from "./types";

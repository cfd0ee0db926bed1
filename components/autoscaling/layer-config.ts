import type { LayerConfig as HelmConfig } from "../helm/layer-config";

/** The configuration that the autoscaling layer reads: that of charts. */
export type LayerConfig = HelmConfig;

import { checked, group } from "../../config/fields";
import { isChartSource } from "../../config/formats";
import { configPart, noDefault } from "../../config/part";

/** Where the charts of all layers come from. */
export interface HelmConfig {
    /** Folder or `oci://` registry that every chart comes from; undefined: each from its own project. */
    readonly charts: { readonly source: string | undefined };
}

/** The keys of what installs charts. */
export const helmConfig = configPart({
    name: "helm",
    shape: {
        charts: group("Where Helm charts come from", {
            source: checked(
                "Folder of charts, packed (as helm pull writes them) or unpacked, or an OCI registry that holds them all; without it each comes from its project",
                isChartSource,
                "a folder such as ./charts, or a registry such as oci://registry.example.com/charts",
            ).optional(),
        }).optional(),
    },
    resolve: ({ charts }): HelmConfig => ({ charts: { source: charts?.source } }),
    rules: [],
    defaults: { "charts.source": noDefault },
});

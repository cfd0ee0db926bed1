import { checked, group } from "../../config/fields";
import { isChartSource } from "../../config/formats";
import { configPart, noDefault } from "../../config/part";

/** Where the charts of all layers come from. */
export interface HelmConfig {
    /** Folder or `oci://` registry of all charts; undefined if each is downloaded from its own repository. */
    readonly charts: { readonly source: string | undefined };
}

/** The keys about Helm charts. */
export const helmConfig = configPart({
    name: "helm",
    shape: {
        charts: group("Where Helm charts come from", {
            source: checked(
                "Folder of charts, packed (as helm pull writes them) or unpacked, or an OCI registry with all of them; by default each is downloaded from its own repository",
                isChartSource,
                "a folder such as ./charts, or a registry such as oci://registry.example.com/charts",
            ).optional(),
        }).optional(),
    },
    resolve: ({ charts }): HelmConfig => ({ charts: { source: charts?.source } }),
    rules: [],
    defaults: { "charts.source": noDefault },
});

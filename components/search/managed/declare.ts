import { homePool } from "../../../config/profiles";
import { systemImage } from "../../common/bucket/container";
import { selectorLabels } from "../../common/labels";
import type { Declaration, PodGroup } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { searchNamespace } from "../types";
import { usersJobName, usersResources } from "./pod";
import { managedEndpoint } from "./types";

/** What the layer runs in the cluster with a managed engine: the Job that creates its users, and no operator. */
export function declareManaged(config: LayerConfig): Declaration {
    const users: PodGroup = {
        name: usersJobName,
        namespace: searchNamespace,
        labels: selectorLabels(usersJobName),
        app: { name: usersJobName, component: "search" },
        source: "object",
        pool: homePool(config.profile, { namespace: searchNamespace }),
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: usersResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", { store: "elasticsearch" }],
    };
    return { images: [{ image: systemImage }], pods: [users], stores: { elasticsearch: managedEndpoint(config) } };
}

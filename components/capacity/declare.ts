import { cpuQuantity, memoryQuantity } from "../../config/quantity";
import type { LayerConfig } from "./layer-config";
import { images } from "../common/images";
import { selectorLabels } from "../common/labels";
import type { Declaration } from "../layer";
import { placeholders } from "./size";
import { headroomName, headroomNamespace } from "./types";

/** The placeholder pods of a stack; empty where no capacity is reserved (CL-10). */
export function declareHeadroom(config: LayerConfig): Declaration {
    const placeholderPods = placeholders(config);
    if (placeholderPods === undefined) {
        return {};
    }
    const size = { cpu: cpuQuantity(placeholderPods.cpu), memory: memoryQuantity(placeholderPods.memory) };
    const group = {
        name: headroomName,
        namespace: headroomNamespace,
        labels: selectorLabels(headroomName),
        app: { name: headroomName, component: "capacity" },
        source: "object",
        pool: "app",
        // Recreated by an update: no surge.
        count: { min: placeholderPods.count, max: placeholderPods.count, surge: 0 },
        resources: { requests: size, limits: size },
        spread: "preferred",
        callers: [],
        calls: [],
    } as const;
    return { images: [{ image: images.pause }], pods: [group] };
}

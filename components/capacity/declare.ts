import { cpuQuantity, memoryQuantity } from "../../config/quantity";
import type { LayerConfig } from "./layer-config";
import { images } from "../common/images";
import { selectorLabels } from "../common/labels";
import type { Declaration } from "../layer";
import { placeholders } from "./size";
import { headroomName, headroomNamespace } from "./types";

/** The placeholder pods of a stack; nothing where no room is kept free (CL-10). */
export function declareHeadroom(config: LayerConfig): Declaration {
    const held = placeholders(config);
    if (held === undefined) {
        return {};
    }
    const room = { cpu: cpuQuantity(held.cpu), memory: memoryQuantity(held.memory) };
    const group = {
        name: headroomName,
        namespace: headroomNamespace,
        labels: selectorLabels(headroomName),
        app: { name: headroomName, component: "capacity" },
        source: "object",
        pool: "app",
        // Recreated by an update: no surge.
        count: { min: held.count, max: held.count, surge: 0 },
        resources: { requests: room, limits: room },
        spread: "preferred",
        callers: [],
        calls: [],
    } as const;
    return { images: [{ image: images.pause }], pods: [group] };
}

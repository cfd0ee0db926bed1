import { configPart } from "../../config/part";
import type { Tier } from "../../config/schema";

/** The configuration of the capacity layer. */
export interface CapacityConfig {
    /** Percentage of the app pool's minimum nodes that placeholder pods reserve (CL-10); 0 for none. */
    readonly headroomPercent: number;
}

const tiers: Readonly<Record<Tier, CapacityConfig>> = {
    // In dev a pod can wait two minutes for a new node.
    dev: { headroomPercent: 0 },
    staging: { headroomPercent: 20 },
    // The sources add nodes at 80 % utilisation: the remaining 20 % are needed until the next node is ready (CL-10).
    prod: { headroomPercent: 20 },
};

/** The capacity layer has no keys: its value depends on tier and role. */
export const capacityConfig = configPart({
    name: "capacity",
    shape: {},
    tiers,
    // A replica runs no pods of the shop until it is promoted (CL-18).
    resolve: (_settings, { tier, role }): CapacityConfig => (role === "replica" ? { headroomPercent: 0 } : tiers[tier]),
    rules: [],
    defaults: {},
});

import { configPart } from "../../config/part";
import type { Tier } from "../../config/schema";

/** What the capacity layer reads. */
export interface CapacityConfig {
    /** Percent of the app pool's minimum nodes that placeholder pods keep free (CL-10); 0 for none. */
    readonly headroomPercent: number;
}

const tiers: Readonly<Record<Tier, CapacityConfig>> = {
    // In dev a pod may wait the two minutes that a new node takes.
    dev: { headroomPercent: 0 },
    staging: { headroomPercent: 20 },
    // The sources scale up at 80 % use: what is left has to be there while the next node starts (CL-10).
    prod: { headroomPercent: 20 },
};

/** The capacity layer has no keys: its one value follows from tier and role. */
export const capacityConfig = configPart({
    name: "capacity",
    shape: {},
    tiers,
    // A replica runs no pods of the shop that could need room until it is promoted (CL-18).
    resolve: (_settings, { tier, role }): CapacityConfig => (role === "replica" ? { headroomPercent: 0 } : tiers[tier]),
    rules: [],
    defaults: {},
});

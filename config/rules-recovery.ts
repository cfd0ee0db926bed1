import type { Problem } from "./problems";
import type { Rule } from "./rules";
import { continents } from "./tiers";

const drRegionDiffers: Rule = ({ config }) => {
    const { cloud, region, drRegion } = config;
    const message = `is ${cloud}.region too, and would be lost with it; give another region`;
    return cloud !== "existing" && drRegion === region ? [{ path: `${cloud}.drRegion`, value: drRegion, message }] : [];
};

const continentOf = (region: string): string => region.split("-")[0] ?? "";

/** A bucket in two regions: they have to lie on one continent, and on one that has such buckets (CL-18). */
const bucketSpansRegions: Rule = ({ config }): readonly Problem[] => {
    const { cloud, region, drRegion, replicateBackups } = config;
    if (cloud !== "gcp" || !replicateBackups) {
        return [];
    }
    const continent = continentOf(region);
    if (!Object.hasOwn(continents, continent)) {
        const known = Object.keys(continents).join(", ");
        const message = `has no second region that one bucket could span with it; give a region that begins with one of ${known}`;
        return [{ path: "gcp.region", value: region, message }];
    }
    const message = `cannot share a bucket with gcp.region (${region}); give a region that begins with ${continent}-`;
    return continentOf(drRegion) === continent ? [] : [{ path: "gcp.drRegion", value: drRegion, message }];
};

/** The usual region follows the role: a replica that did not name its own would move to the lost one when promoted. */
const replicaNamesRegion: Rule = ({ config, settings }): readonly Problem[] => {
    const { cloud, role, region } = config;
    if (role === "primary" || cloud === "existing" || settings[cloud]?.region !== undefined) {
        return [];
    }
    const message = `give the replica's region, such as ${region}: on the day that it is promoted it has to stay there`;
    return [{ path: `${cloud}.region`, value: undefined, message }];
};

const replicaHasPrimary: Rule = ({ config }): readonly Problem[] => {
    const { cloud, role, replicaOf, stack } = config;
    if (role === "primary") {
        const message = "has no effect because recovery.role is primary; remove it, or give role replica";
        return replicaOf === undefined ? [] : [{ path: "recovery.replicaOf", value: replicaOf, message }];
    }
    const problems: Problem[] = [];
    if (cloud === "existing") {
        const message = "needs a second region, and cloud existing has none; give primary, or cloud gcp or aws";
        problems.push({ path: "recovery.role", value: role, message });
    }
    if (replicaOf === undefined) {
        problems.push({
            path: "recovery.replicaOf",
            value: undefined,
            message: "give the name of the primary's stack",
        });
    }
    if (replicaOf === stack) {
        const message = "is this stack itself; give the name of the primary's stack";
        problems.push({ path: "recovery.replicaOf", value: replicaOf, message });
    }
    return problems;
};

/** Rules about the second region. */
export const recoveryRules: readonly Rule[] = [
    drRegionDiffers,
    bucketSpansRegions,
    replicaNamesRegion,
    replicaHasPrimary,
];

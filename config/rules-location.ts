import type { Rule } from "./part";
import type { Problem } from "./problems";

const cloudSection: Rule = ({ settings }) => {
    if (settings.cloud === "gcp" && settings.gcp === undefined) {
        return [{ path: "gcp.project", value: undefined, message: "give a project id such as shop-prod-1234" }];
    }
    if (settings.cloud === "aws" && settings.aws === undefined) {
        return [{ path: "aws.accountId", value: undefined, message: "give an account id of twelve digits, in quotes" }];
    }
    return [];
};

const zonesInRegion: Rule = ({ config, settings }) => {
    const own = config.cloud === "existing" ? undefined : settings[config.cloud];
    if (own?.region !== undefined && own.zones === undefined && !config.zones[0]?.startsWith(own.region)) {
        const message = `give the three zones of ${own.region} to use; the default ones are in another region`;
        return [{ path: `${config.cloud}.zones`, value: undefined, message }];
    }
    // A GCP zone is its region, a dash and a letter; an AWS zone has no dash.
    const separator = config.cloud === "gcp" ? "-" : "";
    return config.zones.flatMap((zone, index): Problem[] => {
        const path = `${config.cloud}.zones.${index}`;
        if (zone.slice(0, -1) !== `${config.region}${separator}`) {
            const message = `is outside ${config.cloud}.region (${config.region}); give a zone such as ${config.region}${separator}a`;
            return [{ path, value: zone, message }];
        }
        if (config.zones.indexOf(zone) !== index) {
            return [{ path, value: zone, message: "is listed twice; give three different zones" }];
        }
        return [];
    });
};

const drRegionDiffers: Rule = ({ config }) => {
    const { cloud, region, drRegion } = config;
    const message = `is ${cloud}.region too, and would be lost with it; give another region`;
    return cloud !== "existing" && drRegion === region ? [{ path: `${cloud}.drRegion`, value: drRegion, message }] : [];
};

/** The default region depends on the role: without a region, a promoted replica would move to the lost region. */
const replicaNamesRegion: Rule = ({ config, settings }): readonly Problem[] => {
    const { cloud, role, region } = config;
    if (role === "primary" || cloud === "existing" || settings[cloud]?.region !== undefined) {
        return [];
    }
    const message = `give the replica's region, such as ${region}; the default changes when the replica is promoted`;
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

/** Rules about region, zones and the role in a regional failover. */
export const locationRules: readonly Rule[] = [
    cloudSection,
    zonesInRegion,
    drRegionDiffers,
    replicaNamesRegion,
    replicaHasPrimary,
];

import type { Rule } from "./part";
import type { Problem } from "./problems";
import { isZoneId, zonePrefix, zonesWithoutEks } from "./zones";

const cloudSection: Rule = ({ settings }) => {
    if (settings.cloud === "gcp" && settings.gcp === undefined) {
        return [{ path: "gcp.project", value: undefined, message: "give a project id such as shop-prod-1234" }];
    }
    if (settings.cloud === "aws" && settings.aws === undefined) {
        return [{ path: "aws.accountId", value: undefined, message: "give an account id of twelve digits, in quotes" }];
    }
    return [];
};

/** The mistake in one of a stack's zones. */
function zoneProblem(
    cloud: "gcp" | "aws",
    region: string,
    zones: readonly string[],
    index: number,
): string | undefined {
    const zone = zones[index] ?? "";
    const byId = isZoneId(zone);
    const prefix = zonePrefix(cloud, region, byId);
    const example = `${prefix}${byId ? "1" : "a"}`;
    if (zone.slice(0, -1) !== prefix) {
        return `is outside ${cloud}.region (${region}); give a zone such as ${example}`;
    }
    if (zones.indexOf(zone) !== index) {
        return "is listed twice; give three different zones";
    }
    if (byId !== isZoneId(zones[0] ?? "")) {
        return `may be the same zone as ${zones[0] ?? ""}; give all three by id, or all three by name`;
    }
    return zonesWithoutEks.has(zone) ? "is a zone that EKS refuses; give another zone of the region" : undefined;
}

const zonesInRegion: Rule = ({ config: { cloud, region, zones }, settings }) => {
    if (cloud === "existing") {
        return [];
    }
    const own = settings[cloud];
    const isDefault = own?.region !== undefined && own.zones === undefined;
    if (isDefault && zones[0]?.startsWith(zonePrefix(cloud, region, isZoneId(zones[0]))) !== true) {
        const message = `give the three zones of ${region} to use; the default ones are in another region`;
        return [{ path: `${cloud}.zones`, value: undefined, message }];
    }
    return zones.flatMap((value, index): Problem[] => {
        const message = zoneProblem(cloud, region, zones, index);
        return message === undefined ? [] : [{ path: `${cloud}.zones.${index}`, value, message }];
    });
};

/** A transit gateway without networks gets no route, and networks without one have no way to the VPC. */
const connectionIsWhole: Rule = ({ config: { cloud, connection } }): readonly Problem[] => {
    const { transitGateway, networks } = connection;
    if (cloud === "aws" && transitGateway !== undefined && networks.length === 0) {
        const message = "give the networks behind the transit gateway that Pulumi and operators work from";
        return [{ path: "aws.connectedNetworks", value: undefined, message }];
    }
    if (cloud === "aws" && transitGateway === undefined && networks.length > 0) {
        const message = "give the id of the transit gateway that connects aws.connectedNetworks";
        return [{ path: "aws.transitGateway", value: undefined, message }];
    }
    return [];
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
    connectionIsWhole,
    drRegionDiffers,
    replicaNamesRegion,
    replicaHasPrimary,
];

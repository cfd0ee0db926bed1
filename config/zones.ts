/** Whether a zone of AWS is given by its id, which is the same zone in every account; a name's zone differs by account. */
export function isZoneId(zone: string): boolean {
    return /^[a-z]+[0-9]-az[0-9]+$/.test(zone);
}

/** Start of the ids of a region's zones: `use1` of us-east-1, `apse2` of ap-southeast-2. */
function idPrefix(region: string): string {
    const [continent = "", ...rest] = region.split("-");
    const number = rest.pop() ?? "";
    // Compound directions have two letters: southeast is se.
    const letters = rest.map((word) => word.replace(/^(north|south)(east|west)$/, "$1 $2").replace(/\B[a-z]+ ?/g, ""));
    return `${continent}${letters.join("")}${number}`;
}

/** Start of the zones of a region in a cloud, by name or id. */
export function zonePrefix(cloud: "gcp" | "aws", region: string, byId: boolean): string {
    if (cloud === "gcp") {
        return `${region}-`;
    }
    return byId ? `${idPrefix(region)}-az` : region;
}

/**
 * Zones of AWS that EKS accepts no subnets in
 * (https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html, "Subnet requirements for clusters").
 */
export const zonesWithoutEks: ReadonlySet<string> = new Set(["use1-az3", "usw1-az2", "cac1-az3"]);

import { eksAddonVersions, eksNodeImage, kubernetesVersion } from "../../components/cluster";
import { isZoneId, zonesWithoutEks } from "../../config/zones";
import type { Finding } from "./checks";

/** Runs the AWS CLI; returns its JSON, or undefined if the object does not exist. */
export type AwsCli = (args: readonly string[]) => Promise<unknown>;

/** What a stack needs of its account and region. */
export interface AwsRequirements {
    readonly account: string;
    readonly region: string;
    readonly zones: readonly string[];
    /** Machine types of all pools. */
    readonly machineTypes: readonly string[];
}

type Check = (aws: AwsCli, requirements: AwsRequirements) => Promise<Finding>;

interface Zone {
    readonly ZoneId: string;
    readonly ZoneName: string;
    readonly State: string;
}

const account: Check = async (aws, { account: wanted }) => {
    const requirement = `credentials of account ${wanted}`;
    const { Account: found } = (await aws(["sts", "get-caller-identity"])) as { readonly Account: string };
    return found === wanted
        ? { requirement }
        : { requirement, problem: `they are of ${found}`, fix: "sign in to the stack's account, or set aws.accountId" };
};

/** The region's zones as the account sees them. */
async function zonesOf(aws: AwsCli, region: string): Promise<readonly Zone[]> {
    const answer = await aws(["ec2", "describe-availability-zones", "--region", region]);
    return (answer as { readonly AvailabilityZones: readonly Zone[] }).AvailabilityZones;
}

/** The zone with a name or an id. */
function zoneOf(zones: readonly Zone[], zone: string): Zone | undefined {
    return zones.find(({ ZoneId, ZoneName }) => (isZoneId(zone) ? ZoneId : ZoneName) === zone);
}

const zones: Check = async (aws, { region, zones: wanted }) => {
    const all = await zonesOf(aws, region);
    const usable = all.filter(({ ZoneId, State }) => State === "available" && !zonesWithoutEks.has(ZoneId));
    const text = (zone: string) => {
        const found = zoneOf(all, zone);
        return found === undefined ? zone : `${found.ZoneId} (${found.ZoneName})`;
    };
    const requirement = `zones that EKS accepts: ${wanted.map(text).join(", ")}`;
    const bad = wanted.filter((zone) => zoneOf(usable, zone) === undefined);
    return bad.length === 0
        ? { requirement }
        : {
              requirement,
              problem: `EKS or the account does not have ${bad.map(text).join(", ")}`,
              fix: `set aws.zones to three of ${usable.map(({ ZoneId }) => ZoneId).join(", ")}`,
          };
};

const machines: Check = async (aws, { region, zones: wanted, machineTypes }) => {
    const requirement = `machines ${machineTypes.join(", ")} in each zone`;
    const all = await zonesOf(aws, region);
    const answer = await aws([
        ...["ec2", "describe-instance-type-offerings", "--region", region, "--location-type", "availability-zone-id"],
        ...["--filters", `Name=instance-type,Values=${machineTypes.join(",")}`],
    ]);
    const { InstanceTypeOfferings: offers } = answer as {
        readonly InstanceTypeOfferings: readonly { readonly InstanceType: string; readonly Location: string }[];
    };
    const missing = machineTypes.flatMap((type) =>
        wanted
            .map((zone) => zoneOf(all, zone)?.ZoneId ?? zone)
            .filter((id) => !offers.some(({ InstanceType, Location }) => InstanceType === type && Location === id))
            .map((id) => `${type} in ${id}`),
    );
    const fix = "set nodePools.<pool>.machineType to another type, or aws.zones to other zones";
    return missing.length === 0 ? { requirement } : { requirement, problem: `no ${missing.join(", ")}`, fix };
};

const addons: Check = async (aws, { region }) => {
    const requirement = `versions of the managed add-ons for Kubernetes ${kubernetesVersion}`;
    const answer = await aws([
        ...["eks", "describe-addon-versions", "--region", region, "--kubernetes-version", kubernetesVersion],
    ]);
    const offered = new Map(
        (
            answer as {
                readonly addons: readonly {
                    readonly addonName: string;
                    readonly addonVersions: readonly { readonly addonVersion: string }[];
                }[];
            }
        ).addons.map(({ addonName, addonVersions }) => [addonName, addonVersions.map((one) => one.addonVersion)]),
    );
    const missing = Object.entries(eksAddonVersions).filter(([name, pin]) => offered.get(name)?.includes(pin) !== true);
    const newest = missing.map(([name]) => `${name} ${offered.get(name)?.[0] ?? "(none)"}`);
    return missing.length === 0
        ? { requirement }
        : {
              requirement,
              problem: `EKS does not have ${missing.map((pin) => pin.join(" ")).join(", ")}`,
              fix: `pin in components/cluster/versions.ts: ${newest.join(", ")}`,
          };
};

const image: Check = async (aws, { region }) => {
    const requirement = `node image ${eksNodeImage.name}`;
    const found = await aws(["ssm", "get-parameter", "--region", region, "--name", eksNodeImage.parameter]);
    const fix = "pin another eksNodeRelease in components/cluster/versions.ts";
    return found === undefined ? { requirement, problem: `${region} does not have it`, fix } : { requirement };
};

/** Runs all checks of an account before the first update; they are read-only. */
export async function awsPreflight(aws: AwsCli, requirements: AwsRequirements): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const check of [account, zones, machines, addons, image]) {
        findings.push(await check(aws, requirements));
    }
    return findings;
}

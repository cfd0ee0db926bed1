import { type Cloud, type CoreSettings, coreShape, type Role, type Tier } from "./schema";
import { coreDefaults } from "./core-defaults";
import { labelRule } from "./labels";
import type { Pins } from "./image-lock";
import type { KeyOwner, Rule } from "./part";
import { type NodePools, nodePools } from "./pools";
import type { Profile } from "./profiles";
import { poolRules } from "./rules-pools";
import { locationRules } from "./rules-location";
import { drPlacements, placements, tiers } from "./tiers";

/** The values that every layer needs, with the tier's defaults. */
export interface CoreConfig {
    readonly stack: string;
    readonly tier: Tier;
    readonly cloud: Cloud;
    readonly profile: Profile;
    readonly role: Role;
    /** Stack whose backups a replica reads; undefined for a primary. */
    readonly replicaOf: string | undefined;
    readonly domain: string;
    /** The user's labels or tags of every cloud resource. */
    readonly labels: Readonly<Record<string, string>>;
    /** GCP project id or AWS account id; empty on an existing cluster. */
    readonly account: string;
    /** Name, with its path, of the IAM policy that bounds the stack's roles on AWS; undefined if there is none. */
    readonly permissionsBoundary: string | undefined;
    /** Empty on an existing cluster. */
    readonly region: string;
    /** Region of the backups' copies; for a replica, the primary's region. Empty on an existing cluster. */
    readonly drRegion: string;
    /** Three zones; empty on an existing cluster. */
    readonly zones: readonly string[];
    /** How Pulumi and operators reach a private control plane. */
    readonly connection: {
        /** Id of a transit gateway; AWS only. */
        readonly transitGateway: string | undefined;
        /** Networks behind it; AWS only. */
        readonly networks: readonly string[];
        /** Pulumi runs in the VPC, or in a network that is connected to it by other means. */
        readonly privateRunner: boolean;
    };
    /** Whether nodes carry the pools' labels and taints. */
    readonly dedicatedPools: boolean;
    readonly nodePools: NodePools;
    readonly images: {
        /** Registry with all images under their full names; undefined if each image is pulled from its own registry. */
        readonly mirror: string | undefined;
        /** Whether an image without a digest is refused. */
        readonly requireDigests: boolean;
        /** Digests of `images.lock.json`, by image. */
        readonly pins: Pins;
    };
}

function placement(settings: CoreSettings): Pick<CoreConfig, "account" | "region" | "drRegion" | "zones"> {
    if (settings.cloud === "existing") {
        return { account: "", region: "", drRegion: "", zones: [] };
    }
    const own = settings[settings.cloud];
    const [first, second] = [placements[settings.cloud], drPlacements[settings.cloud]];
    const fallback = settings.recovery?.role === "replica" ? second : first;
    const defaults = [first, second].find(({ region }) => region === own?.region) ?? fallback;
    const account = settings.cloud === "gcp" ? settings.gcp?.project : settings.aws?.accountId;
    const region = own?.region ?? defaults.region;
    return {
        account: account ?? "",
        region,
        // The region of the default pair that the stack does not run in.
        drRegion: own?.drRegion ?? (region === second.region ? first.region : second.region),
        zones: own?.zones ?? defaults.zones,
    };
}

function connection(settings: CoreSettings): CoreConfig["connection"] {
    const { transitGateway, connectedNetworks } = settings.cloud === "aws" ? (settings.aws ?? {}) : {};
    const privateRunner = settings.cloud === "existing" ? undefined : settings[settings.cloud]?.privateRunner;
    return { transitGateway, networks: connectedNetworks ?? [], privateRunner: privateRunner ?? false };
}

/** Resolves the keys that every layer needs with their tier's defaults. Pure; the settings must be valid by the schema. */
export function resolveCore(stack: string, settings: CoreSettings, pins: Pins = {}): CoreConfig {
    const place = placement(settings);
    return {
        stack,
        tier: settings.tier,
        cloud: settings.cloud,
        profile: settings.nodePools?.profile ?? "standard",
        role: settings.recovery?.role ?? "primary",
        replicaOf: settings.recovery?.replicaOf,
        domain: settings.domain,
        labels: settings.labels ?? {},
        ...place,
        connection: connection(settings),
        permissionsBoundary: settings.cloud === "aws" ? settings.aws?.permissionsBoundary : undefined,
        dedicatedPools: settings.cloud !== "existing" || (settings.existing?.dedicatedPools ?? true),
        nodePools: nodePools(settings, place.zones),
        images: {
            mirror: settings.images?.mirror,
            // Off in prod too: the lock that ships has no digest, since none may be written that was not looked up.
            requireDigests: settings.images?.requireDigests ?? false,
            pins,
        },
    };
}

const rules: readonly Rule[] = [...locationRules, ...poolRules, labelRule];

/** The keys that every layer needs, with rules and defaults, for messages and documents. */
export const core = { name: "core", shape: coreShape, tiers, rules, defaults: coreDefaults } satisfies KeyOwner;

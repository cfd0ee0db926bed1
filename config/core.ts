import { type Cloud, type CoreSettings, coreShape, type Role, type Tier } from "./schema";
import { coreDefaults } from "./core-defaults";
import { labelRule } from "./labels";
import type { KeyOwner, Rule } from "./part";
import { type NodePools, nodePools } from "./pools";
import type { Profile } from "./profiles";
import { poolRules } from "./rules-pools";
import { locationRules } from "./rules-location";
import { drPlacements, placements, tiers } from "./tiers";

/** What every layer needs, with the tier's defaults filled in. */
export interface CoreConfig {
    readonly stack: string;
    readonly tier: Tier;
    readonly cloud: Cloud;
    readonly profile: Profile;
    readonly role: Role;
    /** Stack whose backups a replica reads; none for a primary. */
    readonly replicaOf: string | undefined;
    readonly domain: string;
    /** Labels or tags of the user's own on every cloud resource. */
    readonly labels: Readonly<Record<string, string>>;
    /** GCP project id or AWS account id; empty on an existing cluster. */
    readonly account: string;
    /** Empty on an existing cluster. */
    readonly region: string;
    /** The other region of the pair: that of the copies, or of the primary. Empty on an existing cluster. */
    readonly drRegion: string;
    /** Three zones; none on an existing cluster, where the nodes say. */
    readonly zones: readonly string[];
    /** Whether nodes carry the pools' labels and taints. */
    readonly dedicatedPools: boolean;
    readonly nodePools: NodePools;
    /** Registry that every image comes from, under its full name; undefined: each from its own. */
    readonly images: { readonly mirror: string | undefined };
}

function placement(settings: CoreSettings): Pick<CoreConfig, "account" | "region" | "drRegion" | "zones"> {
    if (settings.cloud === "existing") {
        return { account: "", region: "", drRegion: "", zones: [] };
    }
    const own = settings[settings.cloud];
    const [first, second] = [placements[settings.cloud], drPlacements[settings.cloud]];
    const fallback = settings.recovery?.role === "replica" ? second : first;
    const usual = [first, second].find(({ region }) => region === own?.region) ?? fallback;
    const account = settings.cloud === "gcp" ? settings.gcp?.project : settings.aws?.accountId;
    const region = own?.region ?? usual.region;
    return {
        account: account ?? "",
        region,
        // The one of the usual pair that the stack itself does not run in.
        drRegion: own?.drRegion ?? (region === second.region ? first.region : second.region),
        zones: own?.zones ?? usual.zones,
    };
}

/** Fills the keys that every layer needs up from their tier. Pure; assumes settings that the schema took. */
export function resolveCore(stack: string, settings: CoreSettings): CoreConfig {
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
        dedicatedPools: settings.cloud !== "existing" || (settings.existing?.dedicatedPools ?? true),
        nodePools: nodePools(settings, place.zones),
        images: { mirror: settings.images?.mirror },
    };
}

const rules: readonly Rule[] = [...locationRules, ...poolRules, labelRule];

/** The keys that every layer needs, as the documents and the messages know them. */
export const core = { name: "core", shape: coreShape, tiers, rules, defaults: coreDefaults } satisfies KeyOwner;

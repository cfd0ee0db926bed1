import { blackFriday, flashSale, replicasUnder, type Scenario } from "../../catalog/scenarios";
import type { Scaling } from "../../catalog/types";
import { checked, group, oneOf } from "../../config/fields";
import { isCron } from "../../config/formats";
import type { Rule } from "../../config/part";
import type { Tier } from "../../config/schema";
import { commonTiers } from "../common/config";

/** The loads that a stack can be prepared for. */
export const loadProfiles = ["normal", "flashSale", "blackFriday"] as const;
export type LoadProfile = (typeof loadProfiles)[number];

/** When a sale's replicas are there already. */
export interface PreScale {
    /** Five cron fields. */
    readonly start: string;
    /** Five cron fields. */
    readonly end: string;
    /** Name in the IANA database of time zones. */
    readonly timeZone: string;
}

/** The load that the stack is prepared for. */
export interface LoadConfig {
    readonly load: { readonly profile: LoadProfile; readonly preScale?: PreScale };
}

/** Time zone of {@link PreScale} where none is given. */
export const defaultTimeZone = "Etc/UTC";

/** The load of a stack file. */
export function loadOf(
    given:
        | {
              readonly profile?: LoadProfile | undefined;
              readonly preScale?:
                  (Pick<PreScale, "start" | "end"> & { readonly timeZone?: string | undefined }) | undefined;
          }
        | undefined,
): LoadConfig["load"] {
    const { profile = "normal", preScale } = given ?? {};
    if (preScale === undefined) {
        return { profile };
    }
    const { start, end, timeZone = defaultTimeZone } = preScale;
    return { profile, preScale: { start, end, timeZone } };
}

function isTimeZone(name: string): boolean {
    try {
        Intl.DateTimeFormat("en", { timeZone: name });
        // Names without an area are abbreviations.
        return name.includes("/");
    } catch {
        return false;
    }
}

const sales: Readonly<Record<Exclude<LoadProfile, "normal">, Scenario>> = { flashSale, blackFriday };

/** Keys of the load. */
export const loadShape = {
    load: group("The load that the stack is prepared for (AS-08, AS-12)", {
        profile: oneOf(
            "`flashSale` and `blackFriday` raise the autoscalers' maxima and the quotas to what the load needs, and the number of products that are kept in the cache",
            loadProfiles,
        ).optional(),
        preScale: group("When workloads with a queue have a sale's maximum already, before the load rises (AS-08)", {
            start: checked("Start", isCron, "five cron fields, such as 30 17 27 11 *"),
            end: checked("End", isCron, "five cron fields, such as 0 23 27 11 *"),
            timeZone: checked(
                "Time zone of both",
                isTimeZone,
                "a name in the IANA database of time zones, such as Europe/Berlin",
            ).optional(),
        }).optional(),
    }).optional(),
};

/** Maximum replicas of a workload's autoscaler: the catalogue's, or what the sale needs (AS-08). */
export function maxReplicas(profile: LoadProfile, scaling: Scaling): number {
    const { min, max, saleMax = 0, followsCustomers = true } = scaling;
    if (profile === "normal" || !followsCustomers) {
        return max;
    }
    return Math.max(max, saleMax, replicasUnder(sales[profile], min, scaling));
}

/** Products that are kept in the cache: a sale has more popular ones; 5,000 fit into the job's memory. */
const products: Readonly<Record<LoadProfile, Readonly<Record<Tier, number>>>> = {
    normal: {
        dev: 20,
        staging: 100,
        // Some pages of the front page's lists, in every category.
        prod: 500,
    },
    flashSale: { dev: 20, staging: 400, prod: 2000 },
    blackFriday: { dev: 20, staging: 1000, prod: 5000 },
};

/** Products that `cache-warm` writes by default. */
export function warmProducts(profile: LoadProfile, tier: Tier): number {
    return products[profile][tier];
}

/** A sale raises the maxima of autoscalers, and a tier without autoscalers has none. */
export const salesNeedAutoscalers: Rule<LoadConfig> = ({ config }) => {
    const value = config.load.profile;
    const message =
        `has no effect because tier ${config.tier} does not autoscale; leave it out, or give the number of replicas as ` +
        "services.<service>.replicas";
    return value !== "normal" && !commonTiers[config.tier].replicas.autoscale
        ? [{ path: "load.profile", value, message }]
        : [];
};

/** Before the sale, as many replicas as the sale's maximum; on other days there is nothing to prepare for. */
export const preScaleNeedsASale: Rule<LoadConfig> = ({ config: { load } }) => {
    const message = "has no effect with load.profile normal; give load.profile flashSale or blackFriday, or remove it";
    return load.preScale !== undefined && load.profile === "normal"
        ? [{ path: "load.preScale", value: load.preScale, message }]
        : [];
};

/** KEDA refuses equal times: https://keda.sh/docs/2.20/scalers/cron/. */
export const preScaleEnds: Rule<LoadConfig> = ({ config: { load } }) => {
    const { start, end } = load.preScale ?? {};
    const message = "is the time of load.preScale.start; give a later one";
    return end !== undefined && start === end ? [{ path: "load.preScale.end", value: end, message }] : [];
};

import type { Mistake } from "../../config/stack-file";

/** The load that a stack is prepared for. */
export const loadMistakes: readonly Mistake[] = [
    {
        what: "sale in a tier without autoscalers",
        base: "dev/gcp",
        set: { "load.profile": "flashSale" },
        line: 'ecommerce-platform:load.profile: "flashSale" has no effect because tier dev does not autoscale; leave it out, or give the number of replicas as services.<service>.replicas',
    },
    {
        what: "unknown load",
        base: "prod/aws",
        set: { "load.profile": "flashsale" },
        line: 'ecommerce-platform:load.profile: "flashsale" is not valid; give one of normal, flashSale, blackFriday',
    },
    {
        what: "unknown key of the load",
        base: "prod/aws",
        set: { "load.profil": "normal" },
        line: 'ecommerce-platform:load.profil: "normal" is not a known key; known here: profile, preScale; did you mean "profile"?',
    },
    {
        what: "text in place of the load",
        base: "prod/aws",
        set: { load: "flashSale" },
        line: 'ecommerce-platform:load: "flashSale" is not valid; give an object with profile, preScale',
    },
    {
        what: "replicas before a sale without a sale",
        base: "prod/gcp",
        set: { "load.preScale": { start: "30 17 27 11 *", end: "0 23 27 11 *" } },
        line: 'ecommerce-platform:load.preScale: {"start":"30 17 27 11 *","end":"0 23 27 11 *","timeZone":"Etc/UTC"} has no effect with load.profile normal; give load.profile flashSale or blackFriday, or remove it',
    },
    {
        what: "end of the sale at its start",
        base: "prod/gcp",
        set: { load: { profile: "flashSale", preScale: { start: "30 17 27 11 *", end: "30 17 27 11 *" } } },
        line: 'ecommerce-platform:load.preScale.end: "30 17 27 11 *" is the time of load.preScale.start; give a later one',
    },
    {
        what: "no time zone",
        base: "prod/gcp",
        set: {
            load: {
                profile: "flashSale",
                preScale: { start: "30 17 27 11 *", end: "0 23 27 11 *", timeZone: "Berlin" },
            },
        },
        line: 'ecommerce-platform:load.preScale.timeZone: "Berlin" is not valid; give a name in the IANA database of time zones, such as Europe/Berlin',
    },
    {
        what: "start of a sale as words",
        base: "prod/gcp",
        set: { load: { profile: "flashSale", preScale: { start: "at six", end: "0 23 27 11 *" } } },
        line: 'ecommerce-platform:load.preScale.start: "at six" is not valid; give five cron fields, such as 30 17 27 11 *',
    },
    {
        what: "end of a sale as words",
        base: "prod/gcp",
        set: { load: { profile: "flashSale", preScale: { start: "30 17 27 11 *", end: "late" } } },
        line: 'ecommerce-platform:load.preScale.end: "late" is not valid; give five cron fields, such as 0 23 27 11 *',
    },
    {
        what: "text in place of the times before a sale",
        base: "prod/gcp",
        set: { load: { profile: "flashSale", preScale: "soon" } },
        line: 'ecommerce-platform:load.preScale: "soon" is not valid; give an object with start, end, timeZone',
    },
    {
        what: "minimum above a sale's maximum",
        base: "prod/gcp",
        set: { "load.profile": "flashSale", "services.order.minReplicas": 31 },
        line: "ecommerce-platform:services.order.minReplicas: 31 is above the maximum replicas of order (30); give 30 or fewer, or raise maxReplicas",
    },
];

import type { Scaling } from "./types";

/** A load of the whole shop (AS-12). */
export interface Scenario {
    readonly name: string;
    /** Customers at the same time. */
    readonly users: number;
    /** Requests per second from outside. */
    readonly requestsPerSecond: number;
    /** Utilisation of the services' pods in percent that the scenario allows. */
    readonly utilisationPercent: number;
}

/** What the minimum replicas of the catalogue serve: the upper end of the sources' range. */
export const baseline: Scenario = {
    name: "baseline",
    users: 2_000,
    requestsPerSecond: 1_000,
    utilisationPercent: 40,
};

export const flashSale: Scenario = {
    name: "flash sale",
    users: 20_000,
    requestsPerSecond: 10_000,
    utilisationPercent: 90,
};

export const blackFriday: Scenario = {
    name: "Black Friday",
    users: 50_000,
    requestsPerSecond: 25_000,
    utilisationPercent: 95,
};

/** The loads that the shop is sized for, each the upper end of the sources' range; the last one has no upper end there. */
export const scenarios: readonly Scenario[] = [baseline, flashSale, blackFriday];

/**
 * Replicas that serve a load. `replicas` do the work of the baseline at the baseline's utilisation; a scenario has more
 * work, and allows more utilisation. A limit of requests per second of one replica holds besides.
 */
export function replicasUnder(
    { requestsPerSecond, utilisationPercent }: Scenario,
    replicas: number,
    { requestsPerSecond: limit = Infinity }: Pick<Scaling, "requestsPerSecond">,
): number {
    const work = (replicas * requestsPerSecond) / baseline.requestsPerSecond;
    const byUse = Math.ceil((work * baseline.utilisationPercent) / utilisationPercent);
    return Math.max(byUse, Math.ceil(requestsPerSecond / limit));
}

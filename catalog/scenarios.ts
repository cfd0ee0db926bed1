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

/** The loads that the shop is sized for, each the upper end of the sources' range; the last one has no upper end there. */
export const scenarios: readonly Scenario[] = [
    baseline,
    { name: "flash sale", users: 20_000, requestsPerSecond: 10_000, utilisationPercent: 90 },
    { name: "Black Friday", users: 50_000, requestsPerSecond: 25_000, utilisationPercent: 95 },
];

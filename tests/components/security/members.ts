import type { Shipped } from "../shipped";
import type { Port } from "./connections";

/** What decides on the pods of the stores' layers. */
export type MemberStack = Pick<Shipped, "cloud" | "tier"> & Partial<Pick<Shipped, "replica">>;

/** A group of pods of a store's layer, or a job's: its connections besides DNS and the services that call the store (NW-05). */
export interface Member {
    readonly namespace: "cache" | "data" | "messaging" | "services";
    /** Labels that the group's pods have. */
    readonly labels: Readonly<Record<string, string>>;
    /** Port that the API server calls. */
    readonly webhook?: Port;
    /** Ports that Prometheus calls. */
    readonly metrics: readonly Port[];
    readonly calls: readonly ("api-server" | "cloud")[];
    /** Ports that its pods call on the pods of other groups; under its own name, on the group's other pods. */
    readonly peers: Readonly<Record<string, readonly Port[]>>;
}

export type Members = Readonly<Record<string, Member>>;

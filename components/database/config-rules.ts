import { machineOf } from "../../config/machines";
import { homePool } from "../../config/profiles";
import type { Rule } from "../../config/part";
import { quantity } from "../../config/quantity";
import type { Problem } from "../../config/problems";
import type { CommonConfig } from "../common/config";
import type { DatabaseConfig } from "./config";
import { managedServiceOf } from "./config-kind";
import { connectionArithmetic, requiredConnections } from "./config-sizing";

type DatabaseRule = Rule<DatabaseConfig>;

/** An instance refuses connections that PgBouncer and Pgpool-II count on: their clients would fail under load (DB-08). */
const connectionsFit: DatabaseRule = ({ config: { database } }) => {
    const value = database.maxConnections;
    const required = requiredConnections(database);
    const message =
        `is less than ${connectionArithmetic(database)}; ` +
        `give ${required} or more, or fewer pods, children, pools or server connections`;
    return value < required ? [{ path: "database.maxConnections", value, message }] : [];
};

/** An instance more than zones cannot leave a zone empty; one less always does (DB-01). */
const instancesFillZones: DatabaseRule = ({ config: { database, zones } }) => {
    const value = database.zones;
    const problems: Problem[] = [];
    if (value > database.instances) {
        const message =
            `cannot be spread over by ${database.instances} instances (database.instances); ` +
            `give ${database.instances} or less, or ${value} instances`;
        problems.push({ path: "database.zones", value, message });
    }
    if (zones.length > 0 && value > zones.length) {
        const message = `is more than the stack's ${zones.length} zones; give ${zones.length} or less`;
        problems.push({ path: "database.zones", value, message });
    }
    return problems;
};

/** With a required spread each instance has a node of its own, or it stays pending. */
const nodesForInstances: DatabaseRule = ({ config }) => {
    const { database, dedicatedPools, profile, nodePools } = config;
    // Rules see the resolved keys of every part.
    const { spread } = config as typeof config & Pick<CommonConfig, "spread">;
    const name = homePool(profile, { namespace: "data", pool: "database" });
    const nodes = nodePools[name]?.max;
    if (managedServiceOf(database.kind) !== undefined) {
        return [];
    }
    if (spread === "preferred" || !dedicatedPools || nodes === undefined || nodes >= database.instances) {
        return [];
    }
    const message =
        `is more than the ${nodes} nodes of nodePools.${name}, and a required spread gives each instance its own; ` +
        `give ${nodes} or less, or raise nodePools.${name}.max to ${database.instances}`;
    return [{ path: "database.instances", value: database.instances, message }];
};

/** Part of a node that Kubernetes, its agents and the sidecar of backups leave to an instance. */
const usableShare = 0.8;

/** An instance that is larger than a node stays pending. */
const instanceFitsNode: DatabaseRule = ({ config }) => {
    const { database, dedicatedPools, profile, nodePools } = config;
    const name = homePool(profile, { namespace: "data", pool: "database" });
    const machineType = nodePools[name]?.machineType ?? "";
    const machine = machineOf(machineType);
    if (machine === undefined || !dedicatedPools || managedServiceOf(database.kind) !== undefined) {
        return [];
    }
    const cpu = machine.vcpu * usableShare;
    const memory = Math.floor(machine.memoryGiB * usableShare);
    const problem = (key: "cpu" | "memory", most: string): Problem => ({
        path: `database.${key}`,
        value: database[key],
        message:
            `does not fit on a node of nodePools.${name} (${machineType}, ${machine.vcpu} vCPU and ` +
            `${machine.memoryGiB} GiB); give ${most} or less, or a larger machine`,
    });
    return [
        ...(quantity(database.cpu) > cpu ? [problem("cpu", `${cpu} cores`)] : []),
        ...(quantity(database.memory) > memory * 2 ** 30 ? [problem("memory", `${memory}Gi`)] : []),
    ];
};

/** Pgpool-II has nothing to split without a replica: the Service of the replicas has no endpoint. */
const splitNeedsReplica: DatabaseRule = ({ config: { database } }) => {
    const message = "sends reads to replicas, and there is none; give false, or 2 or more for database.instances";
    return database.pgpool.enabled && database.instances < 2
        ? [{ path: "database.pgpool.enabled", value: true, message }]
        : [];
};

/** The rules of the database's keys. */
export const databaseRules: readonly DatabaseRule[] = [
    connectionsFit,
    instancesFillZones,
    nodesForInstances,
    instanceFitsNode,
    splitNeedsReplica,
];

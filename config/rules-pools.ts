import { machines } from "./machines";
import type { Rule } from "./part";
import type { Problem } from "./problems";
import { compactPools } from "./profiles";

const bounds: Rule = ({ config }) =>
    Object.entries(config.nodePools).flatMap(([name, pool]) => {
        const path = `nodePools.${name}`;
        const problems: Problem[] = [];
        if (pool.min > pool.max) {
            const message = `is more than nodePools.${name}.max (${pool.max}); give ${pool.max} or fewer, or raise max`;
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        if (config.cloud === "aws" && name === "spot" && pool.min > 0) {
            const message = "is a minimum that Karpenter does not enforce; give 0 or remove the key on aws";
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        // The spot pool may be empty: pods that prefer it can also run on the app pool.
        if (config.cloud !== "existing" && config.profile === "standard" && name !== "spot" && pool.min < 3) {
            const message = "leaves a zone without a node; give 3 or more";
            problems.push({ path: `${path}.min`, value: pool.min, message });
        }
        return problems;
    });

const machineTypes: Rule = ({ config }) => {
    if (config.cloud === "existing") {
        return [];
    }
    const known = machines[config.cloud];
    return Object.entries(config.nodePools).flatMap(([name, pool]): Problem[] => {
        const path = `nodePools.${name}.machineType`;
        const machine = known[pool.machineType];
        if (machine === undefined) {
            const message = `is not a machine type known on ${config.cloud}; give one of ${Object.keys(known).join(", ")}`;
            return [{ path, value: pool.machineType, message }];
        }
        if (pool.confidential && machine.memoryEncryption === "none") {
            const encrypting = Object.entries(known)
                .filter(([, entry]) => entry.memoryEncryption !== "none")
                .map(([type]) => type);
            const message = `cannot encrypt memory, which nodePools.${name}.confidential asks for; give one of ${encrypting.join(", ")}`;
            return [{ path, value: pool.machineType, message }];
        }
        return [];
    });
};

const paymentPool: Rule = ({ config, settings, workloads }) => {
    const payments = Object.keys(workloads).filter((name) => workloads[name]?.pool === "payment");
    if (config.profile === "compact" || settings.nodePools?.payment?.enabled !== false || payments.length === 0) {
        return [];
    }
    const message = `leaves ${payments.join(", ")} without the nodes that it may run on; give true or remove the key`;
    return config.dedicatedPools ? [{ path: "nodePools.payment.enabled", value: false, message }] : [];
};

const compactIsForDev: Rule = ({ config, settings }) => {
    if (config.profile !== "compact") {
        return [];
    }
    const message = `has one node per zone, and ${config.tier} must survive the loss of a node; give standard or remove the key`;
    const tier: readonly Problem[] =
        config.tier === "dev" ? [] : [{ path: "nodePools.profile", value: "compact", message }];
    const poolSettings = Object.entries(settings.nodePools ?? {})
        .filter(([name]) => name !== "generation" && name !== "profile")
        .map(([name, value]): Problem => {
            const text = `has no effect because nodePools.profile is compact, whose pools are ${compactPools.join(", ")}; remove it`;
            return { path: `nodePools.${name}`, value, message: text };
        });
    return [...tier, ...poolSettings];
};

const prodProtectsPayments: Rule = ({ config, settings }) => {
    if (config.tier !== "prod") {
        return [];
    }
    const problems: Problem[] = [];
    if (settings.nodePools?.payment?.confidential === false) {
        const message = "leaves payment data readable in memory; give true or remove the key in prod";
        problems.push({ path: "nodePools.payment.confidential", value: false, message });
    }
    if (!config.dedicatedPools) {
        const message = "lets payments share nodes with everything else; give true in prod";
        problems.push({ path: "existing.dedicatedPools", value: false, message });
    }
    return problems;
};

/** Rules about the node pools. */
export const poolRules: readonly Rule[] = [bounds, machineTypes, paymentPool, prodProtectsPayments, compactIsForDev];

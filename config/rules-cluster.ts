import * as ipaddr from "ipaddr.js";

import { weeklyStart } from "./formats";
import { gcpDisks } from "./gcp-disks";
import { compactPools } from "./profiles";
import type { Problem } from "./problems";
import type { Rule } from "./rules";

const cloudSection: Rule = ({ settings }) => {
    if (settings.cloud === "gcp" && settings.gcp === undefined) {
        return [{ path: "gcp.project", value: undefined, message: "give a project id such as shop-prod-1234" }];
    }
    if (settings.cloud === "aws" && settings.aws === undefined) {
        return [{ path: "aws.accountId", value: undefined, message: "give an account id of twelve digits, in quotes" }];
    }
    return [];
};

const zonesInRegion: Rule = ({ config, settings }) => {
    const own = config.cloud === "existing" ? undefined : settings[config.cloud];
    if (own?.region !== undefined && own.zones === undefined && !config.zones[0]?.startsWith(own.region)) {
        const message = `give the three zones of ${own.region} to use; the usual ones are elsewhere`;
        return [{ path: `${config.cloud}.zones`, value: undefined, message }];
    }
    // A GCP zone is its region, a dash and a letter; an AWS zone has no dash.
    const separator = config.cloud === "gcp" ? "-" : "";
    return config.zones.flatMap((zone, index): Problem[] => {
        const path = `${config.cloud}.zones.${index}`;
        if (zone.slice(0, -1) !== `${config.region}${separator}`) {
            const message = `is outside ${config.cloud}.region (${config.region}); give a zone such as ${config.region}${separator}a`;
            return [{ path, value: zone, message }];
        }
        if (config.zones.indexOf(zone) !== index) {
            return [{ path, value: zone, message: "is listed twice; give three different zones" }];
        }
        return [];
    });
};

const authorizedNetworks: Rule = ({ config }) =>
    config.cluster.authorizedNetworks
        .map((network, index) => ({ network, index }))
        .filter(({ network }) => ipaddr.IPv4.parseCIDR(network)[1] < 8)
        .map(({ network, index }) => ({
            path: `cluster.authorizedNetworks.${index}`,
            value: network,
            message: "opens the control plane to the internet; give networks of /8 or smaller that are yours",
        }));

const controlPlaneRange: Rule = ({ config }) => {
    const range = config.network.controlPlane;
    const message = "is not the size that GKE takes for a control plane; give a /28";
    return config.cloud === "gcp" && !range.endsWith("/28")
        ? [{ path: "network.controlPlane", value: range, message }]
        : [];
};

/** GKE maintains by the week; a day of the month would fall on another weekday each time. */
const weeklyMaintenance: Rule = ({ config }) => {
    const cron = config.cluster.maintenanceWindow;
    const message =
        "does not start at one time of chosen weekdays; give one minute, one hour, * and *, such as 0 3 * * 6";
    return weeklyStart(cron) === undefined ? [{ path: "cluster.maintenanceWindow", value: cron, message }] : [];
};

/** Each managed service takes a /24 of the range at least, and Google refuses a smaller range. */
const managedRange: Rule = ({ config }) => {
    const range = config.network.managed;
    const message = "is too small for a managed service; give a /24 or larger";
    return config.cloud === "gcp" && ipaddr.IPv4.parseCIDR(range)[1] > 24
        ? [{ path: "network.managed", value: range, message }]
        : [];
};

/** Six subnets come out of an AWS VPC, and a VPC is a /16 at most. */
const vpcRange: Rule = ({ config }) => {
    const range = config.network.nodes;
    const prefix = ipaddr.IPv4.parseCIDR(range)[1];
    const message = "cannot be split into the subnets of three zones; give a range from /16 to /20";
    return config.cloud === "aws" && (prefix < 16 || prefix > 20)
        ? [{ path: "network.nodes", value: range, message }]
        : [];
};

/** GKE gives each node a /24 of the pods' range: a node beyond the range is never made. */
const podRangeHoldsNodes: Rule = ({ config }) => {
    if (config.cloud !== "gcp") {
        return [];
    }
    const nodes = Object.values(config.nodePools).reduce((sum, pool) => sum + pool.max, 0);
    const prefix = ipaddr.IPv4.parseCIDR(config.network.pods)[1];
    const holds = prefix > 24 ? 0 : 2 ** (24 - prefix);
    const message = `holds ${holds} nodes of 256 addresses, the pools may have ${nodes}; give a larger range`;
    return holds < nodes ? [{ path: "network.pods", value: config.network.pods, message }] : [];
};

/** One class of fast volumes serves three pools: a series that cannot attach them leaves a pod waiting for ever (ST-01). */
const volumesFitPools: Rule = ({ config }) => {
    const database = config.nodePools.database?.machineType ?? "";
    if (config.cloud !== "gcp" || database === "") {
        return [];
    }
    const { fast } = gcpDisks(database);
    return (["app", "cache"] as const).flatMap((name): Problem[] => {
        const value = config.nodePools[name]?.machineType;
        const message =
            `cannot attach ${fast}, the type of the volumes that nodePools.database (${database}) asks for; ` +
            "give machines of one generation, as nodePools.generation does";
        return value === undefined || gcpDisks(value).attaches.includes(fast)
            ? []
            : [{ path: `nodePools.${name}.machineType`, value, message }];
    });
};

const prodIsStrict: Rule = ({ config, settings }) => {
    if (config.tier !== "prod") {
        return [];
    }
    const problems: Problem[] = [];
    if (config.spread === "preferred") {
        const message = "lets all replicas share a zone; give required in prod";
        problems.push({ path: "scheduling.spread", value: config.spread, message });
    }
    if (config.cloud !== "existing" && !config.cluster.privateEndpoint) {
        const message = "shows prod's control plane to the internet; give true or remove the key";
        problems.push({ path: "cluster.privateEndpoint", value: false, message });
    }
    if (settings.nodePools?.payment?.confidential === false) {
        const message = "leaves payment data readable in memory; give true or remove the key in prod";
        problems.push({ path: "nodePools.payment.confidential", value: false, message });
    }
    if (settings.existing?.metricsServer === "install-insecure" && config.cloud === "existing") {
        const message = "lets whoever answers for a kubelet steer prod's autoscalers; give install or present";
        problems.push({ path: "existing.metricsServer", value: "install-insecure", message });
    }
    if (config.cloud !== "existing" && config.audit.retentionDays < 365) {
        const message = "is less than the year that card payments ask of audit trails; give 365 or more in prod";
        problems.push({ path: "audit.retentionDays", value: config.audit.retentionDays, message });
    }
    if (!config.dedicatedPools) {
        const message = "lets payments share nodes with everything else; give true in prod";
        problems.push({ path: "existing.dedicatedPools", value: false, message });
    }
    return problems;
};

const compactIsForDev: Rule = ({ config, settings }) => {
    if (config.profile !== "compact") {
        return [];
    }
    const message = `has one node a zone, and ${config.tier} has to survive the loss of one; give standard or remove the key`;
    const tier: readonly Problem[] =
        config.tier === "dev" ? [] : [{ path: "nodePools.profile", value: "compact", message }];
    const sized = Object.entries(settings.nodePools ?? {})
        .filter(([name]) => name !== "generation" && name !== "profile")
        .map(([name, value]): Problem => {
            const text = `has no effect because nodePools.profile is compact, whose pools are ${compactPools.join(", ")}; remove it`;
            return { path: `nodePools.${name}`, value, message: text };
        });
    return [...tier, ...sized];
};

/** Rules about the cloud, the network and the cluster. */
export const clusterRules: readonly Rule[] = [
    cloudSection,
    zonesInRegion,
    authorizedNetworks,
    controlPlaneRange,
    weeklyMaintenance,
    managedRange,
    vpcRange,
    podRangeHoldsNodes,
    volumesFitPools,
    prodIsStrict,
    compactIsForDev,
];

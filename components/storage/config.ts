import { text } from "../../config/fields";
import { gcpDisks } from "../../config/gcp-disks";
import { configPart, defaultOn, noDefault, type Rule, ruleOn } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Tier } from "../../config/schema";
import { continents } from "../../config/tiers";

/** What the storage layer reads. */
export interface StorageConfig {
    readonly existing: {
        /** Driver of the storage classes on a cluster that was not created here. */
        readonly storageProvisioner: string;
        /** Driver of the snapshot classes there; none without one. */
        readonly snapshotDriver: string | undefined;
    };
    /** Whether backups lie in `drRegion` too (CL-18, BK-04). */
    readonly replicateBackups: boolean;
}

const tiers: Readonly<Record<Tier, Pick<StorageConfig, "replicateBackups">>> = {
    // What dev holds can be made again.
    dev: { replicateBackups: false },
    // As in prod: a copy that was never written or restored before prod needs it cannot be relied on.
    staging: { replicateBackups: true },
    prod: { replicateBackups: true },
};

/** One class of fast volumes serves three pools: a pod waits without end on a series that cannot attach them (ST-01). */
const volumesFitPools: Rule<StorageConfig> = ({ config }) => {
    const database = config.nodePools.database?.machineType ?? "";
    if (database === "") {
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

const continentOf = (region: string): string => region.split("-")[0] ?? "";

/** A bucket in two regions: they have to lie on one continent, and on one that has such buckets (CL-18). */
const bucketSpansRegions: Rule<StorageConfig> = ({ config }): readonly Problem[] => {
    const { region, drRegion, replicateBackups } = config;
    if (!replicateBackups) {
        return [];
    }
    const continent = continentOf(region);
    if (!Object.hasOwn(continents, continent)) {
        const known = Object.keys(continents).join(", ");
        const message = `has no second region that one bucket could span with it; give a region that begins with one of ${known}`;
        return [{ path: "gcp.region", value: region, message }];
    }
    const message = `cannot share a bucket with gcp.region (${region}); give a region that begins with ${continent}-`;
    return continentOf(drRegion) === continent ? [] : [{ path: "gcp.drRegion", value: drRegion, message }];
};

/** The storage layer's keys. */
export const storageConfig = configPart({
    name: "storage",
    shape: {},
    groups: {
        existing: {
            storageProvisioner: text(
                "Driver that makes the volumes of the three storage classes (ST-01, ST-02)",
                /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$/,
                "a provisioner such as rancher.io/local-path or k8s.io/minikube-hostpath",
            ).optional(),
            snapshotDriver: text(
                "CSI driver that takes volume snapshots; without it there are no snapshot classes (ST-04)",
                /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
                "the name of a CSI driver such as rook-ceph.rbd.csi.ceph.com",
            ).optional(),
        },
    },
    tiers,
    resolve: ({ existing }, { tier, role }): StorageConfig => ({
        existing: {
            // What kind brings along.
            storageProvisioner: existing?.storageProvisioner ?? "rancher.io/local-path",
            snapshotDriver: existing?.snapshotDriver,
        },
        // A replica writes no backups until it is promoted (CL-18).
        replicateBackups: role === "primary" && tiers[tier].replicateBackups,
    }),
    rules: [ruleOn(["gcp"], volumesFitPools), ruleOn(["gcp"], bucketSpansRegions)],
    defaults: {
        "existing.storageProvisioner": defaultOn(
            ["existing"],
            ({ existing }: StorageConfig) => existing.storageProvisioner,
        ),
        "existing.snapshotDriver": noDefault,
    },
});

import { flag, text } from "../../config/fields";
import { gcpDisks } from "../../config/gcp-disks";
import { configPart, defaultOn, noDefault, type Rule, ruleOn } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Tier } from "../../config/schema";
import { continents } from "../../config/tiers";

/** The configuration of the storage layer. */
export interface StorageConfig {
    readonly existing: {
        /** Provisioner of the storage classes on an existing cluster. */
        readonly storageProvisioner: string;
        /** CSI driver of its snapshot classes; without one there are none. */
        readonly snapshotDriver: string | undefined;
    };
    /** Whether backups are also stored in `drRegion` (CL-18, BK-04). */
    readonly replicateBackups: boolean;
    /** Whether Cloud Storage writes usage logs of backups and audit records; otherwise audit logs record their reads (D1). */
    readonly usageLogs: boolean;
}

const tiers: Readonly<Record<Tier, Pick<StorageConfig, "replicateBackups">>> = {
    // Dev's data can be created again.
    dev: { replicateBackups: false },
    // As in prod, so that writing and restoring copies is tested before prod needs them.
    staging: { replicateBackups: true },
    prod: { replicateBackups: true },
};

/** Three pools use one class of fast volumes; a pod stays pending on a series that cannot attach them (ST-01). */
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

/** The regions of a dual-region bucket must be on one continent, which must have such buckets (CL-18). */
const bucketSpansRegions: Rule<StorageConfig> = ({ config }): readonly Problem[] => {
    const { region, drRegion, replicateBackups } = config;
    if (!replicateBackups) {
        return [];
    }
    const continent = continentOf(region);
    if (!Object.hasOwn(continents, continent)) {
        const known = Object.keys(continents).join(", ");
        const message = `is on a continent without dual-region buckets; give a region that begins with one of ${known}`;
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
        gcp: {
            usageLogs: flag(
                "Whether Cloud Storage writes usage logs; give false in an organisation with domain-restricted sharing, which rejects the grant to Google's group: data access logs then record reads (D1)",
            ).optional(),
        },
        existing: {
            storageProvisioner: text(
                "Provisioner that creates the volumes of the three storage classes (ST-01, ST-02)",
                /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$/,
                "a provisioner such as rancher.io/local-path or k8s.io/minikube-hostpath",
            ).optional(),
            snapshotDriver: text(
                "CSI driver that creates volume snapshots; without it there are no snapshot classes (ST-04)",
                /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
                "the name of a CSI driver such as rook-ceph.rbd.csi.ceph.com",
            ).optional(),
        },
    },
    tiers,
    resolve: ({ existing, gcp }, { tier, role }): StorageConfig => ({
        existing: {
            // The provisioner that kind installs.
            storageProvisioner: existing?.storageProvisioner ?? "rancher.io/local-path",
            snapshotDriver: existing?.snapshotDriver,
        },
        // A replica writes no backups until it is promoted (CL-18).
        replicateBackups: role === "primary" && tiers[tier].replicateBackups,
        usageLogs: gcp?.usageLogs ?? true,
    }),
    rules: [ruleOn(["gcp"], volumesFitPools), ruleOn(["gcp"], bucketSpansRegions)],
    defaults: {
        "existing.storageProvisioner": defaultOn(
            ["existing"],
            ({ existing }: StorageConfig) => existing.storageProvisioner,
        ),
        "existing.snapshotDriver": noDefault,
        "gcp.usageLogs": defaultOn(["gcp"], ({ usageLogs }: StorageConfig) => usageLogs),
    },
});

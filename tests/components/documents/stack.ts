import { workloads as catalogue } from "../../../catalog/workloads";
import type { Workloads } from "../../../catalog/types";
import { cloudProviders, drProvider } from "../../../components/cloud";
import { type PlatformConfig, Platform } from "../../../components/platform";
import type { Settings } from "../../../components/platform-config";
import type { Cloud, Tier } from "../../../config/schema";
import { type Deployed, type Deployment, deploy, inLayer } from "../deployment";
import { configOf } from "../layers";

/** Configuration of a tier with MongoDB. */
export function mongoConfig(cloud: Cloud, tier: Tier, own: Partial<Settings> = {}): PlatformConfig {
    return configOf(cloud, tier, { database: { documents: "mongodb" }, ...own });
}

/** A platform with MongoDB; `workloads` are the catalogue's unless others are given. */
export function deployMongo(config: PlatformConfig, workloads: Workloads = catalogue): Promise<Deployment> {
    return deploy(() => {
        new Platform(
            "platform",
            { config, workloads, drProvider: drProvider(config) },
            { providers: cloudProviders(config) },
        );
    });
}

const known = new Map<string, Promise<Deployment>>();

/** The platform of a tier with MongoDB, created once per test run. */
export function mongoDeployment(cloud: Cloud, tier: Tier): Promise<Deployment> {
    const key = `${cloud} ${tier}`;
    const found = known.get(key) ?? deployMongo(mongoConfig(cloud, tier));
    known.set(key, found);
    return found;
}

/** The layer's resources, without components. */
export function ownObjects(deployment: Deployment): readonly Deployed[] {
    return inLayer(deployment, "documents").filter(({ custom }) => custom);
}

/** Labels of an object of the layer. */
export function labelsOf(name: string): Readonly<Record<string, string>> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "ecommerce-platform",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": "documents",
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

import type { WorkloadPool } from "../catalog/types";
import { type Default, defaultOn, noDefault } from "./part";

function pool(name: WorkloadPool | "spot"): Record<string, Default> {
    return {
        [`nodePools.${name}.min`]: ({ nodePools }) => nodePools[name]?.min,
        [`nodePools.${name}.max`]: ({ nodePools }) => nodePools[name]?.max,
        [`nodePools.${name}.machineType`]: ({ nodePools }) => nodePools[name]?.machineType,
    };
}

/** The defaults of the keys that every layer needs. */
export const coreDefaults: Readonly<Record<string, Default>> = {
    "gcp.region": defaultOn(["gcp"], ({ region }) => region),
    "gcp.drRegion": defaultOn(["gcp"], ({ drRegion }) => drRegion),
    "gcp.zones": defaultOn(["gcp"], ({ zones }) => zones),
    "aws.region": defaultOn(["aws"], ({ region }) => region),
    "aws.drRegion": defaultOn(["aws"], ({ drRegion }) => drRegion),
    "aws.zones": defaultOn(["aws"], ({ zones }) => zones),
    "aws.transitGateway": noDefault,
    "aws.connectedNetworks": noDefault,
    "gcp.privateRunner": defaultOn(["gcp"], ({ connection }) => connection.privateRunner),
    "aws.privateRunner": defaultOn(["aws"], ({ connection }) => connection.privateRunner),
    "aws.permissionsBoundary": noDefault,
    "existing.dedicatedPools": defaultOn(["existing"], ({ dedicatedPools }) => dedicatedPools),
    "recovery.role": ({ role }) => role,
    "recovery.replicaOf": noDefault,
    ...pool("app"),
    ...pool("database"),
    ...pool("cache"),
    ...pool("payment"),
    ...pool("spot"),
    "nodePools.profile": ({ profile }) => profile,
    "nodePools.generation": () => "seed",
    "nodePools.spot.enabled": ({ nodePools }) => nodePools.spot !== undefined,
    "nodePools.payment.enabled": ({ nodePools }) => nodePools.payment !== undefined,
    "nodePools.payment.confidential": ({ nodePools }) => nodePools.payment?.confidential,
    "images.mirror": noDefault,
    "images.requireDigests": ({ images }) => images.requireDigests,
};

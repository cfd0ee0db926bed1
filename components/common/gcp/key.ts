import * as kms from "@pulumi/gcp/kms";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import type { ProtectionConfig } from "../protection";
import { after } from "../after";

/** What a {@link GcpKey} is made from. */
export interface GcpKeyArgs {
    readonly config: Pick<CoreConfig, "account"> & ProtectionConfig;
    /** Where the key lies: the region or the continent of what it encrypts. */
    readonly location: string;
    /** The one account that may encrypt and decrypt with it. */
    readonly user: pulumi.Input<string>;
}

const day = 86_400;

/** Rotated every 90 days; 30-day deletion window (D7). */
export const keyLifetime = {
    // A key that leaks exposes at most 90 days of data.
    rotationPeriod: `${90 * day}s`,
    // Without its key all data is lost: a version's destruction can be cancelled for 30 days.
    destroyScheduledDuration: `${30 * day}s`,
} as const;

/** A customer-managed key for stored data: one purpose, one user (D7, SC-06). */
export class GcpKey extends pulumi.ComponentResource {
    /** Resolves when its user may use it. */
    public readonly id: pulumi.Output<string>;

    constructor(name: string, args: GcpKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:GcpKey", name, {}, opts);
        const { account: project, cluster } = args.config;
        const child = { parent: this };
        // A key ring can never be deleted: with Pulumi's random suffix a destroyed stack can be created again.
        const ring = new kms.KeyRing(name, { project, location: args.location }, child);
        const key = new kms.CryptoKey(
            name,
            {
                keyRing: ring.id,
                purpose: "ENCRYPT_DECRYPT",
                ...keyLifetime,
            },
            // Where the data must not be deleted, its key must not be either (D7).
            { ...child, protect: cluster.deletionProtection },
        );
        const grant = new kms.CryptoKeyIAMMember(
            name,
            { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: args.user },
            child,
        );
        this.id = after(key.id, [grant]);
        this.registerOutputs({ id: this.id });
    }
}

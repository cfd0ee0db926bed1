import * as kms from "@pulumi/gcp/kms";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import { kept, type ProtectionConfig } from "../protection";
import { after } from "../after";

/** Arguments of {@link GcpKey}. */
export interface GcpKeyArgs {
    readonly config: Pick<CoreConfig, "account"> & ProtectionConfig;
    /** Location of the key ring: the region or continent of the encrypted data. */
    readonly location: string;
    /** The only account that may encrypt and decrypt with the key. */
    readonly user: pulumi.Input<string>;
    /** Whether the key and its user's grant outlive the stack, as the data does that they decrypt. @default false */
    readonly keep?: boolean;
}

const day = 86_400;

/** Rotated every 90 days; 30-day deletion window (D7). */
export const keyLifetime = {
    // A key that leaks exposes at most 90 days of data.
    rotationPeriod: `${90 * day}s`,
    // Data cannot be decrypted without its key: the destruction of a version can be cancelled for 30 days.
    destroyScheduledDuration: `${30 * day}s`,
} as const;

/** A customer-managed key for stored data: one purpose, one user (D7, SC-06). */
export class GcpKey extends pulumi.ComponentResource {
    /** Resolves when the user's grant exists. */
    public readonly id: pulumi.Output<string>;

    constructor(name: string, args: GcpKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:GcpKey", name, {}, opts);
        const { account: project, cluster } = args.config;
        const child = { parent: this, ...kept(args.keep ?? false) };
        // A key ring cannot be deleted: Pulumi's random suffix lets a destroyed stack be created again.
        const ring = new kms.KeyRing(name, { project, location: args.location }, child);
        const key = new kms.CryptoKey(
            name,
            {
                keyRing: ring.id,
                purpose: "ENCRYPT_DECRYPT",
                ...keyLifetime,
            },
            // Deletion protection of the data includes its key (D7).
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

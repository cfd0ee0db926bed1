import * as kms from "@pulumi/gcp/kms";
import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { keyLifetime } from "../../common/gcp/key";

/** Arguments of {@link GkeKeys}. */
export interface GkeKeysArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "cluster">;
}

/** Compute Engine's service agent: agents of a project have the same name in different domains. */
export function computeAgent(containerAgent: string): string {
    return `${containerAgent.split("@")[0] ?? ""}@compute-system.iam.gserviceaccount.com`;
}

/** The KMS keys of the Kubernetes database and of node disks (G11, G24). */
export class GkeKeys extends pulumi.ComponentResource {
    /** Key of the database; resolves when GKE's grant exists. */
    public readonly database: pulumi.Output<string>;
    /** Key of boot disks; resolves when Compute Engine's grant exists. */
    public readonly disks: pulumi.Output<string>;

    constructor(name: string, args: GkeKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeKeys", name, {}, opts);
        const { account: project, region, cluster } = args.config;
        const child = { parent: this };
        // A key ring cannot be deleted: Pulumi's random suffix lets a destroyed stack be created again.
        const ring = new kms.KeyRing(name, { project, location: region }, child);
        // Creates GKE's service agent if necessary and returns its name: no look-up of the project's number.
        const gke = new projects.ServiceIdentity(
            `${name}-gke`,
            { project, service: "container.googleapis.com" },
            child,
        );
        const key = (role: string, member: pulumi.Input<string>): pulumi.Output<string> => {
            const cryptoKey = new kms.CryptoKey(
                `${name}-${role}`,
                {
                    keyRing: ring.id,
                    purpose: "ENCRYPT_DECRYPT",
                    ...keyLifetime,
                },
                // Deletion protection of the cluster includes its keys (D7).
                { ...child, protect: cluster.deletionProtection },
            );
            const grant = new kms.CryptoKeyIAMMember(
                `${name}-${role}`,
                { cryptoKeyId: cryptoKey.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
                child,
            );
            return after(cryptoKey.id, [grant]);
        };
        this.database = key("database", gke.member);
        this.disks = key(
            "disks",
            gke.email.apply((email) => `serviceAccount:${computeAgent(email)}`),
        );
        this.registerOutputs({ database: this.database, disks: this.disks });
    }
}

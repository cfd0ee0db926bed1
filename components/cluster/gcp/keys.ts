import * as kms from "@pulumi/gcp/kms";
import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { keyLifetime } from "../../common/gcp/key";

/** What {@link GkeKeys} need to know. */
export interface GkeKeysArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "cluster">;
}

/** Service agents of a project differ in their domain only; all carry the project's number. */
export function computeAgent(containerAgent: string): string {
    return `${containerAgent.split("@")[0] ?? ""}@compute-system.iam.gserviceaccount.com`;
}

/** The keys that Kubernetes' database and the nodes' disks are encrypted with (G11, G24). */
export class GkeKeys extends pulumi.ComponentResource {
    /** Key of the database; resolves when GKE may use it. */
    public readonly database: pulumi.Output<string>;
    /** Key of boot disks; resolves when Compute Engine may use it. */
    public readonly disks: pulumi.Output<string>;

    constructor(name: string, args: GkeKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:GkeKeys", name, {}, opts);
        const { account: project, region, cluster } = args.config;
        const child = { parent: this };
        // A key ring can never be deleted: Pulumi's random suffix lets a stack be destroyed and made again.
        const ring = new kms.KeyRing(name, { project, location: region }, child);
        // Makes sure that GKE's own account exists, and says its name: no look-up of the project's number.
        const gke = new projects.ServiceIdentity(
            `${name}-gke`,
            { project, service: "container.googleapis.com" },
            child,
        );
        const key = (role: string, member: pulumi.Input<string>): pulumi.Output<string> => {
            const made = new kms.CryptoKey(
                `${name}-${role}`,
                {
                    keyRing: ring.id,
                    purpose: "ENCRYPT_DECRYPT",
                    ...keyLifetime,
                },
                // Where the cluster must not be deleted, its keys must not be either (D7).
                { ...child, protect: cluster.deletionProtection },
            );
            const grant = new kms.CryptoKeyIAMMember(
                `${name}-${role}`,
                { cryptoKeyId: made.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
                child,
            );
            return after(made.id, [grant]);
        };
        this.database = key("database", gke.member);
        this.disks = key(
            "disks",
            gke.email.apply((email) => `serviceAccount:${computeAgent(email)}`),
        );
        this.registerOutputs({ database: this.database, disks: this.disks });
    }
}

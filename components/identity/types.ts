import type * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../config/core";

/** A role on Google Cloud, and the resource that it is granted on. */
export interface GoogleGrant {
    /** Suffix of the children's names; one word, unique in a set. */
    readonly key: string;
    /** A predefined role, or the permissions of a custom role. */
    readonly role: string | readonly string[];
    /** Resource of the grant; `project` only where no smaller one can be named. */
    readonly on:
        | {
              readonly kind: "project";
              /** CEL condition of the grant. @default none */ readonly condition?: string;
          }
        | { readonly kind: "zone"; readonly zone: pulumi.Input<string> }
        | {
              readonly kind: "bucket";
              readonly bucket: pulumi.Input<string>;
              /** CEL condition of the grant, such as on a prefix of the names. @default none */
              readonly condition?: pulumi.Input<string>;
          };
}

/** A statement of an IAM policy on AWS; its effect is `Allow`. */
export interface AmazonStatement {
    readonly actions: readonly string[];
    readonly resources: readonly pulumi.Input<string>[];
    /** Operator, key, value. @default none */
    readonly condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly string[]>>>>;
}

/** Permissions of a service account, by cloud. */
export interface Permissions {
    readonly google: readonly GoogleGrant[];
    readonly amazon: readonly AmazonStatement[];
}

/** Arguments of `cloudIdentity`. */
export interface IdentityArgs {
    readonly config: Pick<CoreConfig, "cloud" | "account" | "permissionsBoundary" | "region" | "stack">;
    readonly cluster: { readonly name: pulumi.Output<string> };
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly permissions: Permissions;
}

/** The cloud identity of a service account (SC-07). */
export interface CloudIdentity {
    /** For the ServiceAccount's metadata. Resolves when all permissions are granted. */
    readonly annotations: pulumi.Output<Record<string, string>>;
    /** The same for a ServiceAccount of our own: keys are known before the identity exists, values afterwards. */
    readonly accountAnnotations: Readonly<Record<string, pulumi.Output<string>>>;
    /** Dependencies of its pods: the identity with all its permissions. */
    readonly granted: readonly pulumi.Resource[];
}

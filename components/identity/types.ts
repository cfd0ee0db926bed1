import type * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../config/core";

/** What a role may do on Google Cloud, and on what. */
export interface GoogleGrant {
    /** Names the children; one word, different within a set. */
    readonly key: string;
    /** A role of Google's, or the permissions of one that is made for the purpose. */
    readonly role: string | readonly string[];
    /** The one thing that the role is granted on; `project` only where nothing smaller can be named. */
    readonly on:
        | {
              readonly kind: "project";
              /** CEL expression that narrows the grant. @default none */ readonly condition?: string;
          }
        | { readonly kind: "zone"; readonly zone: pulumi.Input<string> }
        | { readonly kind: "bucket"; readonly bucket: pulumi.Input<string> };
}

/** A statement of an IAM policy on AWS; all of them allow. */
export interface AmazonStatement {
    readonly actions: readonly string[];
    readonly resources: readonly pulumi.Input<string>[];
    /** Operator, key, value. @default none */
    readonly condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly string[]>>>>;
}

/** What a service account may do, as each cloud says it. `permissions.ts` has those that the platform needs. */
export interface Permissions {
    readonly google: readonly GoogleGrant[];
    readonly amazon: readonly AmazonStatement[];
}

/** Whom an identity is for. */
export interface IdentityArgs {
    readonly config: Pick<CoreConfig, "cloud" | "account" | "region" | "stack">;
    readonly cluster: { readonly name: pulumi.Output<string> };
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly permissions: Permissions;
}

/** What the identity layer promises: a service account that is somebody in the cloud (SC-07). */
export interface CloudIdentity {
    /** For the ServiceAccount's metadata. Resolves when all that was asked for is granted. */
    readonly annotations: pulumi.Output<Record<string, string>>;
}

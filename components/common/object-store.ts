import type * as pulumi from "@pulumi/pulumi";

/** A private, versioned bucket, encrypted with a customer-managed key (D1, D2). */
export interface ObjectStore {
    readonly name: pulumi.Output<string>;
    /** `gs://` or `s3://` and the name; resolves when objects can be written. */
    readonly url: pulumi.Output<string>;
    /** Key that readers and writers need permission for; undefined where permission for the bucket is enough. */
    readonly key: pulumi.Output<string> | undefined;
}

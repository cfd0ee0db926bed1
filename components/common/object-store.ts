import type * as pulumi from "@pulumi/pulumi";

/** A bucket that is private, encrypted with a key of ours and versioned (D1, D2). */
export interface ObjectStore {
    readonly name: pulumi.Output<string>;
    /** `gs://` or `s3://` and the name; resolves when objects can be written. */
    readonly url: pulumi.Output<string>;
    /** Key that whoever reads or writes needs the use of; undefined where being let into the bucket is enough. */
    readonly key: pulumi.Output<string> | undefined;
}

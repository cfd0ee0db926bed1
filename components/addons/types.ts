import type * as pulumi from "@pulumi/pulumi";

/** What the add-on layer promises: controllers that are ready and whose custom resources are served. */
export interface Addons {
    /** Releases by name; each resolves to its namespace when its controller is ready. */
    readonly releases: Readonly<Record<string, pulumi.Output<string>>>;
}

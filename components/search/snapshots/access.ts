import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import type { ObjectStore } from "../../common/object-store";

/** How Elasticsearch's nodes reach a cloud's bucket. */
export interface SnapshotAccess {
    /** Body of the request that registers the repository. */
    readonly repository: {
        readonly type: string;
        readonly settings: Readonly<Record<string, pulumi.Input<string> | number>>;
    };
    /** Settings of `elasticsearch.yml`. */
    readonly settings: Readonly<Record<string, string>>;
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly volumes: readonly k8s.types.input.core.v1.Volume[];
    readonly volumeMounts: readonly k8s.types.input.core.v1.VolumeMount[];
}

/** A cloud's {@link SnapshotAccess} to a bucket. */
export type AccessTo = (bucket: ObjectStore, config: Pick<CoreConfig, "region">) => SnapshotAccess;

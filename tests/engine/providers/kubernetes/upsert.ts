import { stringAt, type Bag } from "../core/value";
import { kindOf } from "./backend";
import { resourceOf } from "./kinds";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the provider adopts existing objects instead of refusing to create them: the default until version 4.28, since
 * 4.29 with this variable only (https://github.com/pulumi/pulumi-kubernetes/issues/2926).
 */
export function upsertsExisting(env: Environment): boolean {
    return env["PULUMI_K8S_UPSERT_EXISTING_OBJECTS"] === "true";
}

/** The API server's error for a name that is taken. */
export function alreadyExists(object: Bag): string {
    return `${resourceOf(kindOf(object))} ${JSON.stringify(stringAt(object, "metadata.name") ?? "")} already exists`;
}

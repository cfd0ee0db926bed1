import { readFileSync } from "node:fs";

import * as gcp from "@pulumi/gcp";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { PlannedResource } from "../../plan";

/** The resources of the plan in a file of the benchmark. */
export function readResources(file: string): { readonly resources: readonly PlannedResource[] } {
    return JSON.parse(readFileSync(file, "utf8")) as { readonly resources: readonly PlannedResource[] };
}

/** SDK class of a resource. */
export type Constructor = new (
    name: string,
    inputs: Record<string, unknown>,
    options: pulumi.CustomResourceOptions,
) => pulumi.Resource;

/** Finds and loads the SDK's class of each type, so that loading is not measured. */
export function loadClasses(types: readonly string[]): ReadonlyMap<string, Constructor> {
    return new Map(
        types.flatMap((type): [string, Constructor][] => {
            const found = find(type);
            return found === undefined ? [] : [[type, found]];
        }),
    );
}

function find(type: string): Constructor | undefined {
    const [vendor, module = "", name = ""] = type.split(":");
    const [group = "", version = ""] = module.split("/");
    if (vendor === "kubernetes") {
        // `rbac.authorization.k8s.io/v1` is `rbac.v1` in the SDK.
        return step(step(step(k8s, group.split(".")[0] ?? ""), version), name) as Constructor | undefined;
    }
    return vendor === "gcp" ? (step(step(gcp, group), name) as Constructor | undefined) : undefined;
}

function step(holder: unknown, key: string): unknown {
    return typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
}

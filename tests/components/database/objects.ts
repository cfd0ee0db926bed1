import assert from "node:assert/strict";

import type { Cloud, Tier } from "../../../config/schema";
import type { JsonObject } from "../../../tools/plan/json";
import { type Deployment, deployment, deployPlatform, inLayer } from "../deployment";
import { configOf } from "../layers";

let recovery: Promise<Deployment> | undefined;

/** The platform of prod's replica on AWS. */
export function replica(): Promise<Deployment> {
    recovery ??= deployPlatform(
        configOf("aws", "prod", {
            recovery: { role: "replica", replicaOf: "prod" },
            aws: { accountId: "123456789012", region: "us-west-2" },
        }),
    );
    return recovery;
}

/** Inputs of the layer's resources by title, of a tier on a cloud or of the replica. */
export async function databaseObjects(...which: [Cloud, Tier] | ["replica"]): Promise<Record<string, JsonObject>> {
    const found = which[0] === "replica" ? await replica() : await deployment(which[0], which[1]);
    return Object.fromEntries(
        inLayer(found, "database")
            .filter(({ custom }) => custom)
            .map(({ title, inputs }) => [title, inputs]),
    );
}

/** Inputs of one of them. */
export async function databaseObject(title: string, ...which: [Cloud, Tier] | ["replica"]): Promise<JsonObject> {
    const found = (await databaseObjects(...which))[title];
    assert.ok(found, `${title} is not in ${which.join(" ")}`);
    return found;
}

/** Labels of the layer's objects. */
export function labelsOf(name: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "ecommerce-platform",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": "database",
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as k8s from "@pulumi/kubernetes";

import type { CacheName } from "../../../catalog/caches";
import { bucketImage, systemImage } from "../../common/bucket/container";
import { containerSecurityContext } from "../../common/security-context";
import type { Resources } from "../../layer";
import { warmSeconds } from "../config-jobs";
import { variables } from "../../common/variables";
import type { JobContext, JobDefinition } from "./types";

const [read, write] = ["popular-products.sh", "warm.py"].map((name) => readFileSync(join(__dirname, name), "utf8"));

const refreshed: CacheName = "popular-products";

/** Folder of the file that the first container writes and the second one reads. */
const folder = "/work";

/** 5,000 products of 12 KiB. */
const workSize = "64Mi";

const resources: Resources = {
    requests: { cpu: "50m", memory: "64Mi" },
    // The second container has all products in memory.
    limits: { cpu: "500m", memory: "256Mi" },
};

function container(
    name: string,
    store: string,
    command: string[],
    more: Readonly<Record<string, string>>,
    { config, env, mountsOf }: JobContext,
): k8s.types.input.core.v1.Container {
    return {
        name,
        image: bucketImage(config.images),
        imagePullPolicy: "Always",
        command,
        env: [...env, ...variables({ FILE: `${folder}/products`, ...more })],
        resources: {
            // The shared volume counts for the pod's disk.
            requests: { ...resources.requests, "ephemeral-storage": workSize },
            limits: { ...resources.limits, "ephemeral-storage": "128Mi" },
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [{ name: "work", mountPath: folder }, ...mountsOf(store)],
    };
}

/** Reads the most sold products from a replica of the database, then writes them into the cache (CA-08, CA-09). */
export const cacheWarm: JobDefinition = {
    schedule: ({ jobs }) => jobs.cacheWarm.schedule,
    // Later, the next run is due.
    startWithinSeconds: warmSeconds,
    stopAfterSeconds: warmSeconds,
    // One image with `psql` and Python.
    images: [systemImage],
    resources,
    workSize,
    containers: (context) => ({
        initContainers: [
            container(
                "read",
                "postgres-ro",
                ["sh", "-c", read ?? ""],
                { PRODUCTS: String(context.config.jobs.cacheWarm.products) },
                context,
            ),
        ],
        containers: [
            container(
                "write",
                "valkey-cache",
                ["python3", "-c", write ?? ""],
                // A failover takes half a minute at most; four attempts fit into the time of a run.
                { CACHE: refreshed, GIVE_UP_SECONDS: "45" },
                context,
            ),
        ],
    }),
};

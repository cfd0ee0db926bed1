import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { elastiCacheStores } from "../../../components/cache/aws/stores";
import { memorystoreStores } from "../../../components/cache/gcp/stores";
import type { ManagedArgs, ValkeyStores } from "../../../components/cache/managed";
import type { Cloud } from "../../../config/schema";
import { configOf, declaredOf, namespaceNames, planned } from "../layers";

function argsOf(cloud: Cloud, kind: "memorystore" | "elasticache"): ManagedArgs {
    const config = configOf(cloud, "dev", { cache: { kind } });
    const id = pulumi.output("network");
    return {
        config,
        declared: declaredOf(config),
        network: {
            id,
            nodeSubnetIds: [pulumi.output("subnet")],
            managedServices: id,
            podRange: undefined,
            serviceRange: undefined,
        },
        cluster: { name: pulumi.output("cluster"), podSecurityGroup: pulumi.output("sg-pods") },
        namespaces: namespaceNames,
    };
}

/** What callers of each store wait for, besides what its address waits for. */
async function readyOf(create: () => ValkeyStores): Promise<Record<string, readonly string[]>> {
    let found: Record<string, readonly string[]> = {};
    await planned(() => {
        const entries = Object.entries(create());
        found = Object.fromEntries(
            entries.map(([name, { ready }]) => [name, ready.map((one) => one.constructor.name)]),
        );
    });
    return found;
}

describe("what callers of managed caches wait for (CA-01)", () => {
    it("is the instance and the Secrets in Memorystore", async () => {
        const args = argsOf("gcp", "memorystore");
        assert.deepEqual(await readyOf(() => memorystoreStores("memorystore", args, {})), {
            "valkey-state": ["Memorystore", "MemorystoreAccess"],
            "valkey-cache": ["Memorystore", "MemorystoreAccess"],
        });
    });

    it("is the cluster in ElastiCache", async () => {
        const args = argsOf("aws", "elasticache");
        assert.deepEqual(await readyOf(() => elastiCacheStores("elasticache", args, {})), {
            "valkey-state": ["ElastiCache"],
            "valkey-cache": ["ElastiCache"],
        });
    });

    it("needs a network, and the security group of an EKS cluster's pods", () => {
        const gcp = { ...argsOf("gcp", "memorystore"), network: undefined };
        assert.throws(
            () => memorystoreStores("memorystore", gcp, {}),
            /^Error: cache\.kind memorystore needs the stack's own network; give valkey on an existing cluster$/,
        );
        const aws = { ...argsOf("aws", "elasticache"), cluster: { name: pulumi.output("cluster") } };
        assert.throws(
            () => elastiCacheStores("elasticache", aws, {}),
            /^Error: cache\.kind elasticache needs the security group of an EKS cluster's pods; give valkey elsewhere$/,
        );
    });
});

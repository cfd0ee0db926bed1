import * as pulumi from "@pulumi/pulumi";

import type { ClusterEndpoint } from "../../../catalog/stores";
import { autoscaling } from "../../../components/autoscaling";
import { cache } from "../../../components/cache";
import { cacheImages } from "../../../components/cache/images";
import { database } from "../../../components/database";
import { databaseImages } from "../../../components/database/images";
import { endpointsOnly } from "../../../components/layer";
import { messaging } from "../../../components/messaging";
import { createProgram } from "../../../components/program";
import { search } from "../../../components/search";

function endpoint(
    namespace: ClusterEndpoint["namespace"],
    service: string,
    port: number,
    podLabels: ClusterEndpoint["podLabels"],
): ClusterEndpoint {
    return { kind: "cluster", namespace, service, port, podLabels };
}

const pooler = (name: string) => endpoint("data", name, 5432, { "cnpg.io/poolerName": name });

const named = (name: string, port: number) => endpoint("cache", name, port, { "app.kubernetes.io/name": name });

/** What the four layers were in the release before they created anything: endpoints that are declared, without pods. */
const earlier = [
    {
        layer: database,
        stores: { "postgres-rw": pooler("postgres-pooler-rw"), "postgres-ro": pooler("postgres-pooler-ro") },
    },
    {
        layer: cache,
        stores: {
            "valkey-state": named("valkey-state", 6379),
            "valkey-cache": named("valkey-cache", 6379),
            memcached: named("memcached", 11211),
        },
    },
    {
        layer: messaging,
        stores: {
            kafka: endpoint("messaging", "shop-kafka-bootstrap", 9093, {
                "strimzi.io/cluster": "shop",
                "strimzi.io/kind": "Kafka",
            }),
        },
    },
    {
        layer: search,
        stores: {
            elasticsearch: endpoint("data", "search-es-http", 9200, {
                "elasticsearch.k8s.elastic.co/cluster-name": "search",
            }),
        },
    },
].map(({ layer, stores }) => {
    const parts = ({ declare, create, storesOf }: Pick<typeof layer, "declare" | "create" | "storesOf">) => {
        return { declare, create, storesOf };
    };
    return { layer, now: parts(layer), before: parts(endpointsOnly<string>(layer.name, stores)) };
});

/** The layer of the autoscalers by queue, which came after the stores. */
const byQueue = {
    layer: autoscaling,
    now: { declare: autoscaling.declare, create: autoscaling.create },
    before: { declare: () => ({}), create: () => ({ kafkaTrigger: undefined }) },
};

/** Images of the release after this one, by the names of both tables: `test:images` maps a name to a tag. */
function useImages(tags: Readonly<Record<string, string>>): void {
    for (const table of [databaseImages, cacheImages] as readonly Record<string, string>[]) {
        for (const [name, tag] of Object.entries(tags)) {
            if (table[name] !== undefined) {
                table[name] = table[name].replace(/:[^:]*$/, `:${tag}`);
            }
        }
    }
}

/**
 * The project's program, where `test:stores` is `earlier` with the layers of the stores as the release before had them. The
 * stack's update from one to the other is what an installation goes through.
 */
const program: () => Promise<Record<string, unknown>> = async () => {
    const test = new pulumi.Config("test");
    useImages(test.getObject<Record<string, string>>("images") ?? {});
    const which = test.get("stores") === "earlier" ? "before" : "now";
    for (const entry of [...earlier, byQueue]) {
        Object.assign(entry.layer, entry[which]);
    }
    return createProgram()();
};

export = program;

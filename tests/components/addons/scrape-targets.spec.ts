import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { workloads } from "../../../catalog/workloads";
import { scrapeTargets } from "../../../components/layer";
import { cacheMetrics } from "../cache/declared";
import { databaseMetrics } from "../database/declared";
import { configOf, declaredOf, platformPlan } from "../layers";
import { messagingMetrics } from "../messaging/declared";
import { chartsIn, releasesOf } from "./stack";

describe("the scrape targets (OB-01)", () => {
    it("are all declared groups with metrics, by labels that only those pods have", () => {
        const config = configOf("aws", "prod");
        const targets = scrapeTargets(declaredOf(config));
        const owner = new Map<string, string>();
        for (const { namespace, name, labels } of targets) {
            const key = JSON.stringify([namespace, labels]);
            // A group may have several ports: two operators of Kafka are containers of one pod.
            assert.equal(owner.get(key) ?? name, name, key);
            owner.set(key, name);
        }
        const stores = [...databaseMetrics, ...cacheMetrics, ...messagingMetrics];
        for (const store of stores) {
            assert.equal(targets.filter((target) => isDeepStrictEqual(target, store)).length, 1, JSON.stringify(store));
        }
        const metrics = chartsIn(config).flatMap(({ pods }) => Object.values(pods).flatMap((pod) => pod.metrics ?? []));
        assert.equal(targets.length, metrics.length + Object.keys(workloads).length + stores.length);
        assert.deepEqual(
            targets.find(({ name }) => name === "external-dns-controller"),
            {
                name: "external-dns-controller",
                namespace: "ingress",
                labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": "external-dns" },
                port: 7979,
            },
        );
    });

    it("have no monitor of an add-on: the kind is not served yet when the add-ons are installed", async () => {
        const releases = releasesOf(await platformPlan(configOf("aws", "prod")));
        const enabled = releases.filter(({ inputs: own }) =>
            /[sS]ervice[mM]onitor|[pP]od[mM]onitor/.test(JSON.stringify(own)),
        );
        // After the definitions.
        assert.deepEqual(
            enabled.map(({ name }) => name),
            ["eck"],
        );
    });
});

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { trafficGraph } from "../../catalog/graph";
import type { Workloads } from "../../catalog/types";
import { declaredInProd, diagram, render } from "../../tools/traffic-docs";

const shop: Workloads = {
    edge: {
        description: "Public",
        namespace: "ingress",
        importance: "edge",
        public: true,
        scaling: { min: 1, max: 1 },
        calls: { workloads: ["books"] },
    },
    books: {
        description: "Private",
        namespace: "services",
        importance: "standard",
        scaling: { min: 1, max: 1 },
        calls: { stores: ["kafka"], hosts: [{ host: "api.example.com", port: 443 }] },
    },
};

describe("docs/traffic.md", () => {
    it("is what the graph and the layers declare (NW-06, NW-09)", async () => {
        const file = join(__dirname, "../../docs/traffic.md");
        assert.ok(existsSync(file));
        assert.equal(readFileSync(file, "utf8"), await render(await declaredInProd()), "run `npm run docs:traffic`");
    });

    it("has a row for each edge and each group of pods", async () => {
        const { graph, pods } = await declaredInProd();
        const rows = (await render({ graph, pods }))
            .split("\n")
            .filter((line) => /^\| (?!-|from |namespace )/.test(line));
        assert.equal(rows.length, graph.edges.length + pods.length);
    });

    it("shows workloads by namespace, stores, hosts and each call", () => {
        const graph = trafficGraph(shop, {
            kafka: { kind: "cluster", namespace: "messaging", service: "kafka", port: 9093, podLabels: {} },
        });
        assert.deepEqual(diagram(graph, shop).split("\n"), [
            "```mermaid",
            "flowchart LR",
            "internet((internet))",
            "subgraph ingress_namespace [namespace ingress]",
            "edge[edge]",
            "end",
            "subgraph services_namespace [namespace services]",
            "books[books]",
            "end",
            "api_example_com([api.example.com])",
            "kafka[(kafka)]",
            "internet --> edge",
            "edge --> books",
            "books --> kafka",
            "books --> api_example_com",
            "```",
        ]);
    });
});

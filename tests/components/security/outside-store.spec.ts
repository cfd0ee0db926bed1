import assert from "node:assert/strict";

import { trafficGraph } from "../../../catalog/graph";
import { workloads } from "../../../catalog/workloads";
import { awsReach } from "../../../components/cluster/reach";
import type { PodGroup } from "../../../components/layer";
import { networkPolicySpec } from "../../../components/security/network-policy";
import { configOf, declaredOf } from "../layers";

const config = configOf("aws", "prod");
const outside = { kind: "outside", port: 5432, range: "10.40.192.0/20" } as const;

describe("a store outside the cluster, such as RDS (DB-18)", () => {
    const declared = declaredOf(config);
    const stores = { ...declared.stores, "postgres-rw": outside };
    const context = { declared: { stores, graph: trafficGraph(workloads, stores) }, reach: awsReach(config) };
    const payment = declared.pods.find(({ name }) => name === "payment") as PodGroup;

    it("is reached at its address range and port, by the workloads that call it only (NW-05, NW-06)", () => {
        const { egress } = networkPolicySpec(payment, context) as { egress: unknown[] };
        assert.deepEqual(egress[0], {
            to: [{ ipBlock: { cidr: "10.40.192.0/20" } }],
            ports: [{ port: 5432, protocol: "TCP" }],
        });
        const frontend = declared.pods.find(({ name }) => name === "frontend") as PodGroup;
        assert.doesNotMatch(JSON.stringify(networkPolicySpec(frontend, context)), /5432|10\.40\.192/);
    });

    it("adds the ports of its nodes, and the cloud's credentials where callers authenticate by them", () => {
        const own = { ...outside, nodePorts: [11000, 13047], cloudIdentity: true } as const;
        const { egress } = networkPolicySpec(
            { ...payment, calls: [{ store: "postgres-rw" }] },
            { ...context, declared: { ...context.declared, stores: { ...stores, "postgres-rw": own } } },
        );
        assert.deepEqual(egress, [
            {
                to: [{ ipBlock: { cidr: "10.40.192.0/20" } }],
                ports: [
                    { port: 5432, protocol: "TCP" },
                    { port: 11000, endPort: 13047, protocol: "TCP" },
                ],
            },
            { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ port: 80, protocol: "TCP" }] },
        ]);
    });

    it("is an edge of the graph with the rights of each caller", () => {
        const edge = context.declared.graph.callees("payment").find(({ to }) => to.name === "postgres-rw");
        assert.deepEqual(edge, {
            from: "payment",
            to: { kind: "store", name: "postgres-rw", endpoint: outside },
            port: 5432,
        });
        assert.equal(context.declared.graph.storeCallers("postgres-rw").length, 5);
    });

    it("that no layer declares is refused by name", () => {
        const group: PodGroup = { ...payment, calls: [{ store: "postgres" }] };
        assert.throws(() => networkPolicySpec(group, context), /^Error: store postgres is not declared; give one of /);
    });
});

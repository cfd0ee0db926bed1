import assert from "node:assert/strict";

import program from "../../index";
import { planStack } from "../../tools/plan/index";
import { admit, applyAgain, inDefault } from "./admission/admit";
import { type KubeClient, messageOf } from "./control-plane/client";
import { copyOf, labelsOf, namespaceOf, type JsonObject, type KubeObject } from "./control-plane/json";
import { startControlPlane } from "./control-plane/start-with-crds";
import { log } from "./log";
import { findingsText } from "./plan/finding";
import { plannedObjects } from "./plan/objects";
import { placementFindings, withoutPlaceholders } from "./scheduling/checks";
import { nodePools } from "./scheduling/pools";
import { startSimulatedCluster } from "./scheduling/simulated-cluster";

const config = { database: JSON.stringify({ documents: "mongodb" }) };

const planOf = (stack: string, cloud: string) => planStack({ stack, cloud, config, program, checkPolicies: false });

/** What the layer adds to each stack's Kubernetes objects; the hash of the Job is that of its scripts. */
const added = [
    "Certificate data/documents-indexes-certificate",
    "Certificate data/documents-tls",
    "ConfigMap data/documents-indexes-",
    "Job data/documents-indexes-",
    "NetworkPolicy data/documents",
    "NetworkPolicy data/documents-indexes",
    "NetworkPolicy data/psmdb-operator-operator",
    "PerconaServerMongoDB data/documents",
    "Secret data/documents-schema",
    "ServiceAccount data/documents",
    "ServiceAccount data/documents-indexes",
];

/** Whether the API server refuses a writable root file system in copies of a member's pod. */
async function writableRefused(client: KubeClient, member: KubeObject): Promise<Record<string, boolean>> {
    const refused = async (container: string, more: Readonly<Record<string, string>>): Promise<boolean> => {
        const pod = copyOf(member as JsonObject) as KubeObject;
        const spec = pod["spec"] as JsonObject;
        delete spec["nodeName"];
        const [first] = spec["containers"] as JsonObject[];
        const securityContext = { ...(first?.["securityContext"] as JsonObject), readOnlyRootFilesystem: false };
        const body = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "copy", namespace: "data", labels: { ...labelsOf(member), ...more } },
            spec: { ...spec, containers: [{ ...first, name: container, securityContext }] },
        };
        const path = "/api/v1/namespaces/data/pods";
        const answer = await client.call({ method: "POST", path, query: { dryRun: "All" }, body });
        if (answer.status >= 300) {
            assert.match(messageOf(answer.body), /the root filesystem is writable in/);
        }
        return answer.status >= 300;
    };
    return {
        "mongod of a member": await refused("mongod", {}),
        "another container of a member": await refused("other", {}),
        "mongod of another pod": await refused("mongod", { "app.kubernetes.io/instance": "other" }),
    };
}

/** Stacks with `database.documents: mongodb`, of which no stack file is one (MG-01, MG-02). */
describe("a stack with MongoDB", () => {
    for (const [stack, cloud, budgets] of [
        // With backups to the bucket.
        ["prod", "aws", ["PodDisruptionBudget data/psmdb-operator-operator"]],
        ["prod", "gcp", ["PodDisruptionBudget data/psmdb-operator-operator"]],
        ["local", "existing", []],
    ] as const) {
        it(`${stack} on ${cloud}: a real API server admits every object unchanged (A)`, async () => {
            const planned = plannedObjects(await planOf(stack, cloud));
            const own = planned
                .map(({ object }) => `${object.kind} ${namespaceOf(object) ?? ""}/${object.metadata.name}`)
                .filter((title) => /\/(documents|psmdb)/.test(title))
                .map((title) => title.replace(/[0-9a-f]{10}$/, ""));
            assert.deepEqual(own.sort(), [...added, ...budgets].sort());
            const plane = await startControlPlane({ components: ["kube-controller-manager"] }, log);
            try {
                const findings = await admit(plane.client, planned);
                plane.check();
                assert.equal(findingsText([...findings, ...inDefault(planned)]), "");
                assert.equal(findingsText(await applyAgain(plane.client, planned)), "");
            } finally {
                await plane.stop();
            }
        });
    }

    for (const cloud of ["gcp", "aws"]) {
        it(`prod on ${cloud}: the real scheduler binds a member in each zone, on nodes of the databases (S)`, async () => {
            const plan = await planOf("prod", cloud);
            const { plane, refused, snapshot } = await startSimulatedCluster(
                plannedObjects(plan),
                nodePools(plan.resources),
            );
            try {
                assert.equal(findingsText([...refused, ...placementFindings(withoutPlaceholders(snapshot))]), "");
                const members = snapshot.pods.filter(
                    ({ workload }) => workload === "data/PerconaServerMongoDB/documents",
                );
                const nodes = members.map((pod) => snapshot.nodes.find(({ name }) => name === pod.node));
                assert.deepEqual(
                    nodes.map((node) => node?.labels["workload"]),
                    ["database", "database", "database"],
                );
                assert.equal(new Set(nodes.map((node) => node?.zone)).size, 3);
                const [member] = await plane.client.list("/api/v1/namespaces/data/pods", {
                    labelSelector: "app.kubernetes.io/instance=documents,app.kubernetes.io/component=mongod",
                });
                assert.ok(member);
                assert.deepEqual(await writableRefused(plane.client, member), {
                    "mongod of a member": false,
                    "another container of a member": true,
                    "mongod of another pod": true,
                });
            } finally {
                await plane.stop();
            }
        });
    }
});

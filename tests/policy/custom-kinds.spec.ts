import * as assert from "node:assert/strict";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type { CustomKind } from "../../custom-resources/pod-types";
import { customKinds } from "../../custom-resources/pods";
import { evaluate, type Violation } from "../../policy/evaluate";
import { packArgs } from "../../policy/crossguard";
import { readPods } from "../../policy/lib/pod";
import { breaches, goodObject, shown } from "./custom-objects";
import { goodContainer, goodPod, put, resource, type Json } from "./fixtures";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function judge({ apiGroup, kind }: Pick<CustomKind, "apiGroup" | "kind">, object: Json, more?: readonly CustomKind[]) {
    const options = more === undefined ? {} : { customKinds: more };
    const one = resource(`kubernetes:${apiGroup}/v1:${kind}`, object);
    const { violations, warnings, exempted } = evaluate([one], { tier: "prod", ...options });
    assert.deepEqual([...warnings, ...exempted], []);
    return [...violations];
}

const policies = (violations: readonly Violation[]) => [...new Set(violations.map(({ policy }) => policy))];

describe("policies on custom resources (PO-01, SC-01)", () => {
    for (const custom of customKinds) {
        it(`accept a good ${custom.kind}, and refuse each pod in it that is not`, () => {
            assert.deepEqual(judge(custom, goodObject(custom)), []);
            const all = custom.pods.map(breaches);
            assert.ok(
                all.every((some) => some.length > 0),
                "a location that nothing can break",
            );
            for (const { policy, path, value, named } of all.flat()) {
                const object = goodObject(custom);
                put(object, path, value);
                const found = judge(custom, object);
                assert.deepEqual(policies(found), [policy], shown(path));
                const start = `${custom.kind} "web"${named[0]}: ${named[1]}`;
                assert.ok(
                    found.some(({ message }) => message.startsWith(start)),
                    `${start} is not in:\n${found.map(({ message }) => message).join("\n")}`,
                );
            }
        });
    }

    const cluster = { apiGroup: "postgresql.cnpg.io", kind: "Cluster" };
    const resources = goodContainer("postgres")["resources"];

    it("leave to the operator what a resource does not say, but for sizes that it would go without", () => {
        assert.deepEqual(judge(cluster, { spec: { instances: 3, resources } }), []);
        assert.deepEqual(
            judge(cluster, { spec: { instances: 3 } }).map(({ message }) => message.split(" is not set")[0]),
            ["requests.cpu", "requests.memory", "limits.memory"].map(
                (bound) => `Cluster "web", container "postgres": spec.resources.${bound}`,
            ),
        );
        // ECK gives 2Gi of memory; a block that is written replaces that.
        const search = { apiGroup: "elasticsearch.k8s.elastic.co", kind: "Elasticsearch" };
        const nodes = (container: Json): Json => ({
            spec: { nodeSets: [{ count: 3, podTemplate: { spec: { containers: [container] } } }] },
        });
        assert.deepEqual(judge(search, nodes({ name: "elasticsearch" })), []);
        assert.deepEqual(
            judge(search, nodes({ name: "elasticsearch", resources: { limits: { memory: "4Gi" } } })).map(
                ({ policy }) => policy,
            ),
            ["require-resource-bounds", "require-resource-bounds"],
        );
    });

    it("judge a whole template by what it leaves out", () => {
        const spec = { ...goodPod(), serviceAccountName: undefined };
        const job = { spec: { jobTargetRef: { template: { spec } } } };
        assert.deepEqual(policies(judge({ apiGroup: "keda.sh", kind: "ScaledJob" }, job)), [
            "forbid-default-service-account",
        ]);
        const pooler = { spec: { template: { spec } } };
        assert.deepEqual(judge({ ...cluster, kind: "Pooler" }, pooler), []);
    });

    it("do not look for pods that are switched off", () => {
        const mongo = { apiGroup: "psmdb.percona.com", kind: "PerconaServerMongoDB" };
        const mongos = { containerSecurityContext: { privileged: true }, resources };
        const sharding = (enabled: unknown) => judge(mongo, { spec: { sharding: { enabled, mongos } } });
        assert.deepEqual(sharding(false), []);
        assert.deepEqual(policies(sharding(true)), ["forbid-privileged-containers"]);
        assert.deepEqual(policies(sharding(unknownValue)), ["forbid-privileged-containers"]);
    });

    it("judge the init container and the agent of backups that are added to each member", () => {
        const mongo = { apiGroup: "psmdb.percona.com", kind: "PerconaServerMongoDB" };
        const privileged = { privileged: true };
        const judged = (spec: object) => judge(mongo, { spec: { replsets: [{ resources }], ...spec } });
        assert.deepEqual(judged({}), []);
        const [init, ...more] = judged({ initContainerSecurityContext: privileged });
        assert.deepEqual([init?.policy, more], ["forbid-privileged-containers", []]);
        assert.match(init?.message ?? "", /init container "mongo-init"/);
        const agent = (enabled: boolean) =>
            judged({ backup: { enabled, resources, containerSecurityContext: privileged } });
        assert.deepEqual(agent(false), []);
        assert.deepEqual(policies(agent(true)), ["forbid-privileged-containers"]);
        assert.match(agent(true)[0]?.message ?? "", /container "backup-agent"/);
    });

    it("say what is not known before the update, with the field's own path", () => {
        assert.deepEqual(policies(judge(cluster, { spec: unknownValue })), ["require-readable-pods"]);
        const [first] = judge(cluster, { spec: { resources, securityContext: unknownValue } });
        assert.equal(first?.policy, "forbid-privileged-containers");
        assert.match(first.message, /^Cluster "web", container "postgres": spec\.securityContext is not known/);
        const search = { apiGroup: "elasticsearch.k8s.elastic.co", kind: "Elasticsearch" };
        assert.match(
            judge(search, { spec: { nodeSets: unknownValue } })[0]?.message ?? "",
            /spec\.nodeSets is not known/,
        );
        const collector = { apiGroup: "opentelemetry.io", kind: "OpenTelemetryCollector" };
        assert.deepEqual(
            judge(collector, { spec: { resources, additionalContainers: unknownValue } }).map(({ message }) =>
                message.slice(0, message.indexOf(" is not known")),
            ),
            ['OpenTelemetryCollector "web": spec.additionalContainers'],
        );
    });

    it("accept a patch that sets a part of the resources, as the cluster has the others", () => {
        const part = { spec: { resources: { limits: { memory: "4Gi" } } } };
        assert.deepEqual(judge({ ...cluster, kind: "ClusterPatch" }, part), []);
        assert.deepEqual(policies(judge(cluster, part)), ["require-resource-bounds"]);
    });

    it("judge patches and lists of custom resources", () => {
        const bad = { spec: { securityContext: { privileged: true } } };
        assert.deepEqual(policies(judge({ ...cluster, kind: "ClusterPatch" }, bad)), ["forbid-privileged-containers"]);
        const items = [{ spec: { resources } }, { spec: { resources, ...bad.spec } }];
        assert.match(
            judge({ ...cluster, kind: "ClusterList" }, { items })[0]?.message ?? "",
            /container "postgres": items\[1\]\.spec\.securityContext\.privileged/,
        );
    });
});

describe("custom kinds of a layer's own (PO-01)", () => {
    const robot: CustomKind = {
        apiGroup: "shop.example.com",
        kind: "Robot2",
        pods: [{ at: "spec.arms.*", template: "pod", whole: true, count: { at: "count", default: 1 } }],
    };
    const bad: Json = {
        ...goodPod(),
        containers: [{ ...goodContainer("app"), securityContext: { privileged: true } }],
    };
    const object = { spec: { arms: [{ pod: { spec: goodPod() } }, { pod: { spec: bad } }] } };

    it("are judged when they are handed over, and not before", () => {
        assert.deepEqual(judge(robot, object), []);
        const found = judge(robot, object, [robot]).filter(({ policy }) => policy === "forbid-privileged-containers");
        assert.equal(found.length, 1);
        assert.match(
            found[0]!.message,
            /^Robot2 "web", container "app": spec\.arms\[1\]\.pod\.spec\.containers\[0\]\.securityContext\.privileged/,
        );
    });

    it("are read again when other kinds are known", () => {
        const one = resource("kubernetes:shop.example.com/v1:Robot2", object);
        const counts = [[], [robot], customKinds, [robot]].map((kinds) => readPods(one, kinds).pods.length);
        assert.deepEqual(counts, [0, 2, 0, 2]);
    });

    it("add to the table, and take nothing away from it", () => {
        const empty = { apiGroup: "postgresql.cnpg.io", kind: "Cluster", pods: [] };
        const props = { spec: { resources: goodContainer("a")["resources"], securityContext: { privileged: true } } };
        assert.deepEqual(policies(judge(empty, props, [empty])), ["forbid-privileged-containers"]);
    });

    it("are judged under the engine too, by a pack that is given them", async () => {
        const messages: string[] = [];
        for (const kinds of [customKinds, [robot]]) {
            const policy = packArgs(undefined, kinds).policies.find(
                ({ name }) => name === "forbid-privileged-containers",
            ) as ResourceValidationPolicy;
            const one = resource("kubernetes:shop.example.com/v1:Robot2", object);
            const args = { ...one, getConfig: () => ({}) } as unknown as ResourceValidationArgs;
            assert.ok(typeof policy.validateResource === "function");
            await policy.validateResource(args, (message) => messages.push(JSON.stringify(message)));
        }
        assert.equal(messages.length, 1);
        assert.match(messages[0]!, /Robot2 \\"web\\", container \\"app\\"/);
    });
});

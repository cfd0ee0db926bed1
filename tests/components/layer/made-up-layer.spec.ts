import assert from "node:assert/strict";

import type { Workloads } from "../../../catalog/types";
import { workloads as shop } from "../../../catalog/workloads";
import { infrastructure } from "../../../components/platform";
import { createProgram } from "../../../components/program";
import { services } from "../../../components/services";
import { problemLine } from "../../../config/problems";
import { generated } from "../../../tools/config-docs";
import { type JsonObject, type Plan, planStack } from "../../../tools/plan";
import { summarize } from "../../../tools/plan/report/summary";
import { projectRoot } from "../../../tools/plan/root";
import { sharedPlan } from "../../stacks/plans";
import { inputs, one } from "../layers";
import { loyalty } from "./loyalty";

/** The one line of `components/platform.ts`. */
const all = infrastructure.with(loyalty).with(services);

const workloads: Workloads = {
    ...shop,
    order: { ...shop.order, calls: { ...shop.order.calls, stores: [...(shop.order.calls.stores ?? []), "points"] } },
};

const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const quotaType = "kubernetes:core/v1:ResourceQuota";

function pods(labels: Record<string, string>, namespace: string) {
    return {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        podSelector: { matchLabels: labels },
    };
}

/** Sums of fractions of a CPU, in whole thousandths. */
function rounded(sums: object = {}): Record<string, number> {
    return Object.fromEntries(
        Object.entries(sums as Readonly<Record<string, number>>).map(([key, sum]) => [
            key,
            Math.round(sum * 1000) / 1000,
        ]),
    );
}

describe("a made-up layer: one folder, and one line where layers are listed", () => {
    let without: Plan;
    let plan: Plan;
    const spec = (name: string) => inputs(plan.resources, policyType, name)["spec"] as JsonObject;

    before(async () => {
        without = await sharedPlan("prod", "gcp");
        const program = createProgram({ workloads, layers: all });
        plan = await planStack({ stack: "prod", cloud: "gcp", program });
    });

    it("is a component of its own in the tree", () => {
        const component = one(plan.resources, "shop:loyalty:Layer", "loyalty");
        assert.ok(component.parent?.endsWith("shop:platform:Platform::platform"), component.parent);
        assert.equal(
            one(plan.resources, "kubernetes:loyalty.example.com/v1:Ledger", "loyalty-ledger").parent,
            component.urn,
        );
    });

    it("has its images admitted by GKE (G9)", () => {
        const patterns = (of: Plan) =>
            of.resources
                .filter(({ type }) => type === "gcp:binaryauthorization/policy:Policy")
                .flatMap(({ inputs: own }) => own["admissionWhitelistPatterns"] as { namePattern: string }[])
                .map(({ namePattern }) => namePattern);
        const added = patterns(plan).filter((pattern) => !patterns(without).includes(pattern));
        assert.deepEqual(added, [
            "registry.loyalty.example.com/ledger:*",
            "registry.loyalty.example.com/ledger@*",
            "registry.loyalty.example.com/operator:*",
            "registry.loyalty.example.com/operator@*",
        ]);
    });

    it("has room in the quota of its namespace, and changes no other quota (AS-11)", () => {
        const hard = (of: Plan, namespace: string) =>
            (inputs(of.resources, quotaType, `${namespace}-quota`)["spec"] as { hard: JsonObject }).hard;
        const exposure = { "services.loadbalancers": "0", "services.nodeports": "0" };
        // PostgreSQL and Elasticsearch with their jobs: 28 pods, and one more of each of seven groups in an update or beside it.
        assert.deepEqual(hard(without, "data"), {
            "requests.cpu": "34480m",
            "limits.cpu": "59200m",
            "requests.memory": "139890Mi",
            "limits.memory": "146880Mi",
            pods: "35",
            ...exposure,
        });
        // Two of the operator and three of the store: 3.2 CPU and 6.25 GiB requested. The operator's one more in an update has
        // 0.1 CPU and 128 MiB: all groups' together are more than a fifth.
        assert.deepEqual(hard(plan, "data"), {
            "requests.cpu": "37780m",
            "limits.cpu": "66700m",
            "requests.memory": "146418Mi",
            "limits.memory": "159936Mi",
            pods: "41",
            ...exposure,
        });
        for (const namespace of ["services", "security", "monitoring", "ingress"]) {
            assert.deepEqual(hard(plan, namespace), hard(without, namespace), namespace);
        }
    });

    it("is counted in the capacity of its pools", () => {
        const pool = (of: Plan, name: string) => summarize(of).capacity.find((row) => row.pool === name);
        // The instances of PostgreSQL, with the sidecar of their backups.
        assert.deepEqual(rounded(pool(without, "database")?.peak), {
            pods: 4,
            cpuRequest: 24.4,
            cpuLimit: 28,
            memoryRequest: 97 * 2 ** 30,
            memoryLimit: 98 * 2 ** 30,
        });
        assert.deepEqual(rounded(pool(plan, "database")?.peak), {
            pods: 4 + 3,
            cpuRequest: 24.4 + 3,
            cpuLimit: 28 + 6,
            memoryRequest: (97 + 6) * 2 ** 30,
            memoryLimit: (98 + 12) * 2 ** 30,
        });
        const app = [pool(without, "app")?.peak.pods, pool(plan, "app")?.peak.pods];
        assert.equal(app[1], (app[0] ?? 0) + 2);
    });

    it("is reached by the store's callers and Prometheus only, and its callers reach it (NW-05, NW-06)", () => {
        const order = { "app.kubernetes.io/name": "order", "app.kubernetes.io/part-of": "ecommerce-platform" };
        const own = spec("points-policy");
        assert.deepEqual(own["ingress"], [
            { from: [pods(order, "services")], ports: [{ port: 7070, protocol: "TCP" }] },
            {
                from: [pods({ "app.kubernetes.io/name": "prometheus" }, "monitoring")],
                ports: [{ port: 9101, protocol: "TCP" }],
            },
        ]);
        assert.ok(!("egress" in own));
        const egress = spec("order-policy")["egress"] as JsonObject[];
        assert.deepEqual(egress.at(-1), {
            to: [pods({ "loyalty.example.com/ledger": "points" }, "data")],
            ports: [{ port: 7070, protocol: "TCP" }],
        });
        assert.ok("egress" in spec("loyalty-operator-controller-policy"));
    });

    it("hands its store's address and readiness to the services that call it, and to no other", () => {
        const environment = (service: string) => {
            const deployment = one(plan.resources, "kubernetes:apps/v1:Deployment", service);
            const template = (deployment.inputs["spec"] as JsonObject)["template"] as { spec: JsonObject };
            const [container] = template.spec["containers"] as { env: { name: string; value: string }[] }[];
            const value = container?.env.find(({ name }) => name === "POINTS_ADDRESS")?.value;
            const waits = (deployment.options.dependsOn ?? []).some((urn) => urn.endsWith("::loyalty-ledger"));
            return [value, waits];
        };
        assert.deepEqual(environment("order"), ["points.data.svc.cluster.local:7070", true]);
        assert.deepEqual(environment("user"), [undefined, false]);
    });

    it("has the pods of its custom kind judged by the policy pack", () => {
        const found = plan.policy.violations.filter(({ resource }) => resource === "loyalty-ledger");
        assert.ok(
            found.some(
                ({ policy, message }) => policy === "forbid-privileged-containers" && message.includes("ledger"),
            ),
            JSON.stringify(found),
        );
        assert.deepEqual(without.policy.violations, []);
    });

    it("is in the list of what a mirror has to hold", () => {
        const mirror = (of: Plan) =>
            JSON.parse(summarize(of).files.find(({ path }) => path === "mirror.json")?.text ?? "{}") as Record<
                "images" | "charts",
                string[]
            >;
        const added = (key: "images" | "charts") =>
            mirror(plan)[key].filter((each) => !mirror(without)[key].includes(each));
        assert.deepEqual(added("images"), [
            "registry.loyalty.example.com/ledger:4.5.6",
            "registry.loyalty.example.com/operator:1.2.3",
        ]);
        assert.deepEqual(added("charts"), ["https://charts.loyalty.example.com/loyalty-operator:1.2.3"]);
    });

    it("has its keys read, checked with all others at once, and documented with their defaults by tier", async () => {
        const ledger = inputs(plan.resources, "kubernetes:loyalty.example.com/v1:Ledger", "loyalty-ledger");
        assert.equal((ledger["spec"] as JsonObject)["retentionDays"], 365);
        const raw = { tier: "prod", cloud: "existing", domain: "example.com" };
        const { problems = [] } = all.configuration.validate(
            "prod",
            { ...raw, loyalty: { retentionDays: 30, retentonDays: 1 }, scheduling: { spread: "preferred" } },
            shop,
        );
        assert.deepEqual(problems.map(problemLine), [
            "ecommerce-platform:loyalty.retentionDays: 30 loses points before they expire; give 365 or more in prod",
            'ecommerce-platform:loyalty.retentonDays: 1 is not a known key; known here: retentionDays; did you mean "retentionDays"?',
            'ecommerce-platform:scheduling.spread: "preferred" lets all replicas share a zone; give required in prod',
        ]);
        const files = await generated(projectRoot, all.configuration.parts);
        const page = files["docs/config.md"] ?? "";
        const row = page.split("\n").find((line) => line.includes("retentionDays") && line.includes("points")) ?? "";
        assert.match(row, /dev `7` · staging `30` · prod `365`/);
        assert.match(files["Pulumi.yaml"] ?? "", /ecommerce-platform:loyalty:/);
    });
});

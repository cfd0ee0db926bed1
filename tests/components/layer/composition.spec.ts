import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterEndpoint } from "../../../catalog/stores";
import type { Workloads } from "../../../catalog/types";
import { Composition, type Layer, podsIn, scrapeTargets, servicesOf, type Stores } from "../../../components/layer";
import type { PodGroup } from "../../../components/layer";
import { deploy, type Deployment } from "../deployment";

type Needs = Readonly<Record<string, unknown>>;

const ledger: ClusterEndpoint = { kind: "cluster", namespace: "data", service: "ledger", port: 7000, podLabels: {} };
const workloads: Workloads = {};

class Root extends pulumi.ComponentResource {
    constructor() {
        super("shop:test:Root", "root");
        this.registerOutputs({});
    }
}

/** A layer that creates a ConfigMap and keeps what it was given. */
function layer(name: string, given: Needs[], own: Partial<Layer<string, unknown, Needs, unknown>> = {}) {
    return {
        name,
        create: (component: string, args: Needs, opts: pulumi.ComponentResourceOptions) => {
            given.push({ component, ...args });
            new k8s.core.v1.ConfigMap(`${component}-map`, {}, opts);
            return `promise of ${name}`;
        },
        ...own,
    };
}

/** The part of the configuration that declarations are combined with. */
const config = { images: { pins: { "a:1": "sha256:1" } } } as never;

const empty = Composition.of<{ readonly seed: string }, never>([]);

function create(layers: readonly ReturnType<typeof layer>[], seed = "given"): Promise<Deployment & { result: Needs }> {
    let result: Needs = {};
    const composition = layers.reduce(
        (all, one) => all.with(one as unknown as Layer<string, unknown, unknown, unknown>) as unknown as typeof empty,
        empty,
    );
    return deploy(() => {
        result = composition.create({ config, workloads, given: { seed } }, new Root());
    }).then((all) => ({ ...all, result }));
}

describe("creating the layers of a composition", () => {
    it("gives each the interfaces of those before it, the configuration and all declarations", async () => {
        const given: Needs[] = [];
        const { result } = await create([layer("one", given), layer("two", given)]);
        assert.equal(given.length, 2);
        assert.deepEqual(Object.keys(given[0] ?? {}).sort(), [
            ...["component", "config", "declared", "seed", "stores", "workloads"],
        ]);
        assert.deepEqual([given[0]?.["component"], given[0]?.["seed"]], ["one", "given"]);
        assert.deepEqual([given[1]?.["component"], given[1]?.["one"]], ["two", "promise of one"]);
        assert.equal(given[0]?.["declared"], given[1]?.["declared"]);
        assert.deepEqual(
            [result["seed"], result["one"], result["two"], result["declared"]],
            ["given", "promise of one", "promise of two", given[0]?.["declared"]],
        );
    });

    it("creates each below a component of its own, of the layer's type", async () => {
        const { resources } = await create([layer("one", []), layer("two", [])]);
        assert.deepEqual(
            resources.map(({ type, name, parent }) => [type, name, parent]).sort(),
            [
                ["kubernetes:core/v1:ConfigMap", "one-map", "Layer one"],
                ["kubernetes:core/v1:ConfigMap", "two-map", "Layer two"],
                ["shop:one:Layer", "one", "Root root"],
                ["shop:test:Root", "root", "Stack shop-test"],
                ["shop:two:Layer", "two", "Root root"],
            ].sort(),
        );
    });

    it("uses a layer's providers for the layers after it only", async () => {
        const providersOf = () => [new k8s.Provider("own", {})];
        const { resources } = await create([layer("one", [], { providersOf }), layer("two", []), layer("three", [])]);
        const provider = (name: string) => resources.find((one) => one.name === name)?.provider;
        assert.deepEqual(
            [provider("one-map"), provider("two-map"), provider("three-map")],
            [undefined, "kubernetes own", "kubernetes own"],
        );
    });

    it("gives each the stores of those before it", async () => {
        const given: Needs[] = [];
        const stores = servicesOf({ ledger });
        const provides = { declare: () => ({ stores: { ledger } }), storesOf: () => stores };
        await create([layer("one", given, provides), layer("two", given), layer("three", given)]);
        assert.deepEqual(
            given.map((args) => Object.keys(args["stores"] as Stores)),
            [[], ["ledger"], ["ledger"]],
        );
    });

    it("leaves out a layer that the stack does not have: no component, store or declaration", async () => {
        const given: Needs[] = [];
        const stores = servicesOf({ ledger });
        const provides = { declare: () => ({ stores: { ledger } }), storesOf: () => stores };
        const optional = (wanted: boolean) => ({ ...provides, optional: { wanted: () => wanted, absent: "absent" } });
        const without = await create([layer("one", given, optional(false)), layer("two", given)]);
        assert.deepEqual(
            without.resources.map(({ title }) => title),
            ["ConfigMap two-map", "Layer two", "Root root"],
        );
        assert.equal(without.result["one"], "absent");
        const [two, ...more] = given;
        assert.deepEqual([two?.["one"], two?.["stores"], more], ["absent", {}, []]);
        assert.deepEqual((without.result["declared"] as { readonly stores: object }).stores, {});
        const having = await create([layer("one", [], optional(true)), layer("two", [])]);
        assert.equal(having.result["one"], "promise of one");
        assert.deepEqual((having.result["declared"] as { readonly stores: object }).stores, { ledger });
    });

    it("rejects a store that its layer does not declare, or declares with another endpoint", async () => {
        const stores = servicesOf({ ledger });
        const message = "layer one provides store ledger, which it does not declare; declare it";
        const undeclared = create([layer("one", [], { storesOf: () => stores })]);
        await assert.rejects(undeclared, { message });
        const other = { declare: () => ({ stores: { ledger: { ...ledger, port: 7001 } } }), storesOf: () => stores };
        await assert.rejects(create([layer("one", [], other)]), { message });
    });
});

describe("a composition", () => {
    it("lists its layers, and the custom kinds of all", () => {
        const kind = (name: string) => ({ apiGroup: "example.com", kind: name, pods: [] });
        const all = empty
            .with({ name: "one", create: () => undefined, customKinds: [kind("A"), kind("B")] })
            .with({ name: "two", create: () => undefined })
            .with({ name: "three", create: () => undefined, customKinds: [kind("C")] });
        assert.deepEqual(all.names, ["one", "two", "three"]);
        assert.deepEqual(all.customKinds, [kind("A"), kind("B"), kind("C")]);
        assert.deepEqual(all.declare({ config, workloads }).customKinds, all.customKinds);
    });

    it("combines declarations in the order of the layers", () => {
        const image = (name: string) => ({ image: name });
        const chart = { name: "web", chart: "web", repo: "https://charts.example.com", version: "1.0.0" };
        const charts = [{ ...chart, namespace: "data" }] as const;
        const all = empty
            .with({ name: "one", create: () => undefined, declare: () => ({ images: [image("a:1")], charts }) })
            .with({
                name: "two",
                create: () => undefined,
                declare: () => ({ images: [image("b:1")], stores: { ledger } }),
            })
            .with({ name: "three", create: () => undefined });
        const declared = all.declare({ config, workloads });
        assert.deepEqual(
            [declared.images, declared.pins, declared.charts, declared.stores, declared.pods],
            [[image("a:1"), image("b:1")], { "a:1": "sha256:1" }, charts, { ledger }, []],
        );
    });
});

describe("the stores of Services in the cluster", () => {
    it("have their DNS name and port as address, no credentials, and what is ready before", async () => {
        await deploy(async () => {
            const ready = [new k8s.core.v1.ConfigMap("ready")];
            const { ledger: store } = servicesOf({ ledger }, () => ({ ready }));
            assert.equal(store.endpoint, ledger);
            assert.deepEqual(store.ready, ready);
            assert.equal(store.credentialsOf("order"), undefined);
            assert.deepEqual(store.settingsOf("order"), {});
            const address = await new Promise((resolve) => store.address.apply(resolve));
            assert.equal(address, "ledger.data.svc.cluster.local:7000");
            assert.deepEqual(servicesOf({ ledger }).ledger.ready, []);
        });
    });
});

describe("declared groups of pods", () => {
    const group = (name: string, namespace: PodGroup["namespace"], callers: PodGroup["callers"]): PodGroup => ({
        name,
        namespace,
        labels: { app: name },
        app: { name, component: "test" },
        source: "controller",
        pool: "app",
        count: { min: 1, max: 1, surge: 0 },
        resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
        spread: "required",
        callers,
        calls: [],
    });
    const pods = [
        group("a", "data", [{ metrics: 9000 }, { webhook: 8443 }]),
        group("b", "cache", [{ anyAddress: 80 }]),
        group("c", "data", [{ callersOf: "ledger" }]),
        group("d", "kube-system", [{ webhook: 1 }, { metrics: 9001 }]),
    ];

    it("are found by namespace", () => {
        assert.deepEqual(podsIn({ pods }, "data"), [pods[0], pods[2]]);
        assert.deepEqual(podsIn({ pods }, "kube-system"), [pods[3]]);
        assert.deepEqual(podsIn({ pods }, "payment"), []);
    });

    it("are scraped where they serve metrics (OB-01)", () => {
        assert.deepEqual(scrapeTargets({ pods }), [
            { name: "a", namespace: "data", labels: { app: "a" }, port: 9000 },
            { name: "d", namespace: "kube-system", labels: { app: "d" }, port: 9001 },
        ]);
    });
});

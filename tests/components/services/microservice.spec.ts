import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import type { ClusterEndpoint } from "../../../catalog/stores";
import type { Workload, Workloads } from "../../../catalog/types";
import { trafficGraph } from "../../../catalog/graph";
import { servicesOf, type Stores } from "../../../components/layer";
import { createServices } from "../../../components/services";
import { Microservice } from "../../../components/services/microservice";
import type { JsonObject, PlannedResource } from "../../../tools/plan";
import { configOf, declaredOf, namespaceNames, one, planned } from "../layers";
import { waitsFor } from "../namespaced";
import { types } from "./stacks";

const ledger: ClusterEndpoint = {
    kind: "cluster",
    namespace: "data",
    service: "ledger-db",
    port: 7001,
    podLabels: { app: "ledger" },
};

class Ready extends pulumi.CustomResource {
    constructor(name: string) {
        super("test:store:Ready", name, {}, {});
    }
}

const calling = (calls: Workload["calls"], more: Partial<Workload> = {}): Workload => ({
    description: "A service under test",
    namespace: "services",
    importance: "standard",
    scaling: { min: 2, max: 4 },
    calls,
    ...more,
});

/** Two services: `web` calls `back-end`, a store and a host; `back-end` calls nothing. */
const workloads: Workloads = {
    web: calling({
        workloads: ["back-end"],
        stores: ["ledger.v2"],
        hosts: [{ host: "api.example.com", port: 8443 }],
    }),
    "back-end": calling(
        {},
        { servicePort: 9000, namespace: "payment", settings: { CACHE_L1_MAX_MB: "64", MODE: "batch" } },
    ),
};

const issuer = { group: "cert-manager.io", kind: "ClusterIssuer", name: pulumi.output("internal") } as const;

/** Creates one service with a store that its callers wait for. */
async function create(workload: string, stores?: (ready: pulumi.Resource) => Stores) {
    const config = configOf("existing", "prod");
    return planned(() => {
        const ready = new Ready("store-ready");
        new Microservice(
            "one",
            {
                workload,
                workloads,
                graph: trafficGraph(workloads, { "ledger.v2": ledger }),
                config,
                stores: stores?.(ready) ?? servicesOf({ "ledger.v2": ledger }, () => ({ ready: [ready] })),
                issuer,
                namespace: "services",
                priorityClassName: "shop-standard",
            },
            {},
        );
    });
}

function environmentOf(resources: readonly PlannedResource[]): Record<string, unknown> {
    const { template } = one(resources, types.deployment, "one").inputs["spec"] as {
        template: { spec: { containers: [{ env: { name: string; value: string }[] }] } };
    };
    return Object.fromEntries(template.spec.containers[0].env.map(({ name, value }) => [name, value]));
}

describe("one service of any catalogue", () => {
    it("is told the addresses of its callees and stores, and of no host outside the cluster", async () => {
        assert.deepEqual(environmentOf(await create("web")), {
            SERVICE_NAME: "web",
            PORT: "8080",
            MANAGEMENT_PORT: "8081",
            CACHE_L1_MAX_MB: "256",
            BACK_END_URL: "http://back-end.payment.svc.cluster.local:9000",
            CERTIFICATE: "/var/run/secrets/certificate",
            LEDGER_V2_ADDRESS: "ledger-db.data.svc.cluster.local:7001",
        });
    });

    it("gets a store's settings and its credentials as a folder, besides its own certificate (DB-17, SC-06)", async () => {
        const resources = await create("web", () =>
            servicesOf({ "ledger.v2": ledger }, () => ({
                credentialsOf: (workload) => pulumi.output(`ledger-${workload}`),
                settingsOf: (workload) => ({ DATABASE: "books", USER: `${workload}-user` }),
            })),
        );
        const environment = environmentOf(resources);
        assert.deepEqual(
            Object.fromEntries(Object.entries(environment).filter(([name]) => /LEDGER|CERTIFICATE/.test(name))),
            {
                CERTIFICATE: "/var/run/secrets/certificate",
                LEDGER_V2_ADDRESS: "ledger-db.data.svc.cluster.local:7001",
                LEDGER_V2_DATABASE: "books",
                LEDGER_V2_USER: "web-user",
                LEDGER_V2_CREDENTIALS: "/var/run/secrets/stores/ledger.v2",
            },
        );
        const { template } = one(resources, types.deployment, "one").inputs["spec"] as {
            template: { spec: { volumes: JsonObject[]; containers: [{ volumeMounts: JsonObject[] }] } };
        };
        assert.deepEqual(template.spec.volumes.slice(1), [
            { name: "certificate", secret: { secretName: "web-certificate", defaultMode: 0o440 } },
            { name: "store-ledger-v2", secret: { secretName: "ledger-web", defaultMode: 0o440 } },
        ]);
        assert.deepEqual(template.spec.containers[0].volumeMounts.slice(1), [
            { name: "certificate", mountPath: "/var/run/secrets/certificate", readOnly: true },
            { name: "store-ledger-v2", mountPath: "/var/run/secrets/stores/ledger.v2", readOnly: true },
        ]);
        const { spec } = one(resources, "kubernetes:cert-manager.io/v1:Certificate", "one-certificate").inputs as {
            spec: JsonObject;
        };
        assert.deepEqual(
            [spec["commonName"], spec["secretName"], spec["usages"], spec["issuerRef"]],
            [
                "web",
                "web-certificate",
                ["digital signature", "key encipherment", "client auth"],
                { group: "cert-manager.io", kind: "ClusterIssuer", name: "internal" },
            ],
        );
    });

    it("has its own settings last: they override", async () => {
        const { CACHE_L1_MAX_MB, MODE } = environmentOf(await create("back-end"));
        assert.deepEqual([CACHE_L1_MAX_MB, MODE], ["64", "batch"]);
    });

    it("waits for the stores that it calls, and for no others", async () => {
        const waits = async (name: string) => waitsFor(one(await create(name), types.deployment, "one"));
        assert.deepEqual(await waits("web"), [
            "Certificate one-certificate",
            "Ready store-ready",
            "ServiceAccount one-account",
        ]);
        assert.deepEqual(await waits("back-end"), ["ServiceAccount one-account"]);
    });

    it("names its objects in Kubernetes by the catalogue's entry, and its resources by its own name", async () => {
        const resources = await create("back-end");
        const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.deepEqual(
            objects.map(({ name, inputs }) => [name, (inputs["metadata"] as JsonObject)["name"]]).sort(),
            ["one", ...["account", "autoscaler", "budget", "recommender", "service"].map((part) => `one-${part}`)].map(
                (name) => [name, "back-end"],
            ),
        );
        const { ports } = one(resources, types.service, "one-service").inputs["spec"] as { ports: JsonObject[] };
        assert.deepEqual(
            ports.map(({ name, port }) => [name, port]),
            [
                ["http", 9000],
                ["management", 8081],
            ],
        );
    });

    it("fails for an entry that the catalogue does not have, and for a store that no layer creates", async () => {
        await assert.rejects(create("shop"), {
            message: "workload: shop is not in the catalogue; give one of web, back-end",
        });
        await assert.rejects(
            create("web", () => ({})),
            { message: "web calls store ledger.v2, which no earlier layer creates; add its layer before services" },
        );
    });
});

describe("the interface of the services layer", () => {
    it("is each service's URL, known when its Service exists, and whether the stand-in runs", async () => {
        const config = configOf("gcp", "prod", {
            services: { web: { image: `registry.example.com/web@sha256:${"0".repeat(64)}` } },
        });
        const declared = { ...declaredOf(config), graph: trafficGraph(workloads, { "ledger.v2": ledger }) };
        const found: Record<string, unknown> = {};
        await planned(() => {
            const services = createServices(
                "services",
                {
                    config,
                    workloads,
                    declared,
                    stores: servicesOf({ "ledger.v2": ledger }),
                    namespaces: namespaceNames,
                    certificates: { internal: issuer },
                    autoscaling: { kafkaTrigger: undefined },
                    addons: { ready: {} },
                },
                {},
            );
            for (const [name, { url, standIn }] of Object.entries(services)) {
                pulumi.all([url, dependencies(url)]).apply(([address, names]) => {
                    found[name] = { address, names, standIn };
                });
            }
        });
        const service = (name: string) => `urn:pulumi:test::shop::shop:services:Microservice$${types.service}::${name}`;
        assert.deepEqual(found, {
            web: {
                address: "http://web.services.svc.cluster.local:8080",
                names: [service("web-service")],
                standIn: false,
            },
            "back-end": {
                address: "http://back-end.payment.svc.cluster.local:9000",
                names: [service("back-end-service")],
                standIn: true,
            },
        });
    });
});

/** URNs of the resources that an output comes from. */
async function dependencies(output: pulumi.Output<unknown>): Promise<string[]> {
    const { allResources } = output as unknown as { allResources?: () => Promise<Set<pulumi.Resource>> };
    const all = [...((await allResources?.call(output)) ?? [])];
    return Promise.all(all.map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve))));
}

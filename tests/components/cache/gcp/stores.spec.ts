import assert from "node:assert/strict";

import { inputOf, inputsOf } from "../../deployed";
import { inLayer } from "../../deployment";
import { configOf, declaredOf } from "../../layers";
import { managedCaches } from "../managed";

const account = (name: string) => `memorystore-${name}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("what surrounds Memorystore's instances", () => {
    it("allows their endpoints in the subnetwork of the nodes (CA-01)", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        assert.deepEqual(
            inputsOf(resources, "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy"),
            {
                "memorystore-private-access": {
                    project: "shop-project",
                    location: "us-central1",
                    network: "network-id",
                    serviceClass: "gcp-memorystore",
                    pscConfig: { subnetworks: ["network-nodes-id"] },
                },
            },
        );
    });

    it("encrypts them with a key that Memorystore's agent alone uses (D7, SC-06)", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        assert.deepEqual(inputOf(resources, "gcp:projects/serviceIdentity:ServiceIdentity", "memorystore-key"), {
            project: "shop-project",
            service: "memorystore.googleapis.com",
        });
        assert.deepEqual(inputOf(resources, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "memorystore-key"), {
            cryptoKeyId: "memorystore-key-id",
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: "serviceAccount:service-42@gcp-sa-memorystore.iam.gserviceaccount.com",
        });
    });

    it("are called by an account of each workload, which may connect and nothing else (SC-07)", async () => {
        const deployment = await managedCaches("gcp", "prod");
        const own = inLayer(deployment, "cache");
        assert.deepEqual(
            inputsOf(own, "gcp:projects/iAMMember:IAMMember"),
            Object.fromEntries(
                ["cache-warm", "order", "product", "user"].map((name) => [
                    `${account(name)}-memorystore`,
                    {
                        project: "shop-project",
                        role: "roles/memorystore.dbConnectionUser",
                        member: `serviceAccount:${account(name)}@shop`,
                    },
                ]),
            ),
        );
        assert.deepEqual(
            inputsOf(own, "gcp:serviceaccount/iAMMember:IAMMember"),
            Object.fromEntries(
                ["cache-warm", "order", "product", "user"].map((name) => [
                    `${account(name)}-user`,
                    {
                        serviceAccountId: `${account(name)}-name`,
                        role: "roles/iam.workloadIdentityUser",
                        member: `serviceAccount:shop-project.svc.id.goog[services/${name}]`,
                    },
                ]),
            ),
        );
    });

    it("annotate the ServiceAccounts of their callers only", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        const all = inputsOf(resources, "kubernetes:core/v1:ServiceAccount");
        const annotated = Object.entries(all).flatMap(([name, { metadata }]) => {
            const { annotations, namespace } = metadata as { annotations?: Record<string, string>; namespace: string };
            return namespace === "services" && annotations !== undefined ? [[name, annotations]] : [];
        });
        assert.deepEqual(
            annotated.sort(),
            ["cache-warm", "order", "product", "user"].map((name) => [
                name === "cache-warm" ? "cache-warm-job-account" : `${name}-account`,
                { "iam.gke.io/gcp-service-account": `${account(name)}@shop` },
            ]),
        );
    });

    it("give each caller its user and the instance's authority, and no password (SC-05, SC-06)", async () => {
        const own = inLayer(await managedCaches("gcp", "prod"), "cache");
        const secrets = inputsOf(own, "kubernetes:core/v1:Secret");
        assert.deepEqual(
            Object.fromEntries(Object.entries(secrets).map(([name, { type, data }]) => [name, { type, data }])),
            {
                "valkey-state-access-user": {
                    type: "Opaque",
                    data: {
                        secret: {
                            username: base64("memorystore-user@shop"),
                            "ca.crt": base64("authority of valkey-state"),
                        },
                    },
                },
                "valkey-state-access-order": {
                    type: "Opaque",
                    data: {
                        secret: {
                            username: base64("memorystore-order@shop"),
                            "ca.crt": base64("authority of valkey-state"),
                        },
                    },
                },
                "valkey-cache-access-cache-warm": {
                    type: "Opaque",
                    data: {
                        secret: {
                            username: base64("memorystore-cache-warm@shop"),
                            "ca.crt": base64("authority of valkey-cache"),
                        },
                    },
                },
                "valkey-cache-access-product": {
                    type: "Opaque",
                    data: {
                        secret: {
                            username: base64("memorystore-product@shop"),
                            "ca.crt": base64("authority of valkey-cache"),
                        },
                    },
                },
            },
        );
    });

    it("are reached at their ports, with the metadata server, by their callers only (NW-05, NW-06)", async () => {
        const { resources } = await managedCaches("gcp", "prod");
        const policies = inputsOf(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const egressTo = (cidr: string) =>
            Object.entries(policies).flatMap(([name, { spec, metadata }]) => {
                const { egress = [] } = spec as unknown as { egress?: readonly { to: unknown; ports: unknown }[] };
                const { namespace } = metadata as { namespace: string };
                const found = egress.filter(({ to }) => JSON.stringify(to) === JSON.stringify([{ ipBlock: { cidr } }]));
                return namespace === "services" ? found.map(({ ports }) => [name, ports] as const) : [];
            });
        const valkey = [
            { port: 6379, protocol: "TCP" },
            { port: 11000, endPort: 13047, protocol: "TCP" },
        ];
        const names = ["cache-warm", "order", "product", "user"].map((name) => `${name}-policy`);
        assert.deepEqual(
            egressTo("10.40.0.0/20").sort(),
            names.map((name) => [name, valkey]),
        );
        assert.deepEqual(
            egressTo("169.254.169.254/32").sort(),
            names.map((name) => [name, [{ port: 80, protocol: "TCP" }]]),
        );
    });

    it("declare Memcached's pods and images alone (CA-02)", () => {
        const { pods, images, stores } = declaredOf(configOf("gcp", "prod", { cache: { kind: "memorystore" } }));
        assert.deepEqual(
            pods.filter(({ namespace }) => namespace === "cache").map(({ name }) => name),
            ["memcached"],
        );
        assert.ok(images.every(({ image }) => !image.includes("valkey") && !image.includes("redis_exporter")));
        const outside = {
            kind: "outside",
            port: 6379,
            range: "10.40.0.0/20",
            nodePorts: [11000, 13047],
            cloudIdentity: true,
        };
        assert.deepEqual([stores["valkey-state"], stores["valkey-cache"]], [outside, outside]);
    });
});

import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";

import { InternalCertificate, serviceNames } from "../../../components/common/certificate";
import { one, planned } from "../layers";

const issuer = { group: "cert-manager.io", kind: "ClusterIssuer", name: pulumi.output("internal") } as const;

describe("a certificate of the cluster's own authority (SC-06)", () => {
    const created = (more: Partial<ConstructorParameters<typeof InternalCertificate>[1]>) =>
        planned(() => {
            new InternalCertificate("store", {
                secretName: "store-tls",
                namespace: "data",
                component: "database",
                issuer,
                usage: "server",
                commonName: "store",
                ...more,
            });
        });
    const type = "kubernetes:cert-manager.io/v1:Certificate";
    const labels = {
        "app.kubernetes.io/name": "store-tls",
        "app.kubernetes.io/part-of": "ecommerce-platform",
        "app.kubernetes.io/instance": "store-tls",
        "app.kubernetes.io/component": "database",
        "app.kubernetes.io/managed-by": "pulumi",
    };

    it("of a server has its DNS names and a new key at each renewal, and Pulumi waits until it is issued", async () => {
        const { inputs, parent } = one(await created({ dnsNames: ["store", "store.data"] }), type, "store");
        assert.ok(parent?.endsWith("shop:common:InternalCertificate::store"));
        assert.deepEqual(inputs, {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: {
                name: "store-tls",
                namespace: "data",
                labels,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            },
            spec: {
                secretName: "store-tls",
                secretTemplate: { labels },
                commonName: "store",
                dnsNames: ["store", "store.data"],
                usages: ["digital signature", "key encipherment", "server auth"],
                privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
                duration: "720h",
                renewBefore: "240h",
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "internal" },
            },
        });
    });

    it("of a client or of a peer has the usages of its role; its Secret can have more labels", async () => {
        const spec = async (more: Parameters<typeof created>[0]) =>
            one(await created(more), type, "store").inputs["spec"] as Record<string, unknown>;
        const client = await spec({ usage: "client", secretLabels: { "example.com/reload": "true" } });
        assert.deepEqual(client["usages"], ["digital signature", "key encipherment", "client auth"]);
        assert.deepEqual(client["secretTemplate"], { labels: { ...labels, "example.com/reload": "true" } });
        assert.equal("dnsNames" in client, false);
        const peer = await spec({ usage: "peer" });
        assert.deepEqual(peer["usages"], ["digital signature", "key encipherment", "server auth", "client auth"]);
    });
});

describe("the names of a Service in certificates", () => {
    it("are those by which its clients resolve it, from the short one to the full one", () => {
        assert.deepEqual(serviceNames("store", "data"), [
            "store",
            "store.data",
            "store.data.svc",
            "store.data.svc.cluster.local",
        ]);
    });
});

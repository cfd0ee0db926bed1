import assert from "node:assert/strict";

import { deployment, type Deployment, inLayer } from "../deployment";

const annotations = { "pulumi.com/waitFor": "condition=Ready" };
const labels = {
    "app.kubernetes.io/name": "platform-internal",
    "app.kubernetes.io/part-of": "ecommerce-platform",
    "app.kubernetes.io/instance": "platform-internal",
    "app.kubernetes.io/component": "certificates",
    "app.kubernetes.io/managed-by": "pulumi",
};

/** What is asserted of each object, in the order of creation. */
const expected = [
    {
        title: "ClusterIssuer certificates-root",
        inputs: {
            apiVersion: "cert-manager.io/v1",
            kind: "ClusterIssuer",
            metadata: { name: "platform-internal-root", labels, annotations },
            spec: { selfSigned: {} },
        },
    },
    {
        title: "Certificate certificates-certificate",
        inputs: {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: { name: "platform-internal", namespace: "security", labels, annotations },
            spec: {
                isCA: true,
                commonName: "platform-internal",
                secretName: "platform-internal",
                privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Never" },
                duration: "87600h",
                renewBefore: "8760h",
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "platform-internal-root" },
            },
        },
    },
    {
        title: "ClusterIssuer certificates",
        inputs: {
            apiVersion: "cert-manager.io/v1",
            kind: "ClusterIssuer",
            metadata: { name: "platform-internal", labels, annotations },
            spec: { ca: { secretName: "platform-internal" } },
        },
    },
];

for (const [cloud, tier] of [
    ["gcp", "prod"],
    ["aws", "staging"],
    ["existing", "dev"],
] as const) {
    describe(`the certificate authority of ${tier} on ${cloud} (SC-06)`, () => {
        let deployed: Deployment;
        /** In the order of `expected`: unrelated resources are registered in any order. */
        const custom = () =>
            expected.map(({ title }) => inLayer(deployed, "certificates").find((one) => one.title === title)!);

        before(async () => {
            deployed = await deployment(cloud, tier);
        });

        it("is a self-signed issuer, a certificate whose key stays for ten years, and an issuer that signs with it", () => {
            assert.deepEqual(
                custom().map(({ title, inputs }) => ({ title, inputs })),
                expected,
            );
            assert.deepEqual(
                custom().map(({ parent }) => parent),
                Array(3).fill("Authority certificates"),
            );
            assert.equal(inLayer(deployed, "certificates").filter((one) => one.custom).length, 3);
        });

        it("is created after cert-manager, and signs after its certificate is issued", () => {
            const certManager = deployed.resources.find(({ title }) => title === "Release cert-manager")?.urn ?? "";
            for (const { title, dependsOn } of custom()) {
                assert.ok(dependsOn.includes(certManager), title);
            }
            assert.ok(custom()[2]!.dependsOn.includes(custom()[1]!.urn));
        });
    });
}
